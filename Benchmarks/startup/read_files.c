/* The least that a program in C does with the files that `docket check` reads for one ticket: opens and reads each, and takes
   the rule files apart into libyaml's events. It understands none of them; what is read is only counted, so that no compiler
   leaves the work out.

     read_files plain RULES TICKETS…     reads
     read_files events RULES TICKETS…    reads, and parses the YAML files into events

   RULES is a folder of rules, walked as docket walks it: hidden files, samples/ and *.test.yaml are left out. TICKETS are files
   that are read and not parsed: the ticket, and the file of the time zone. */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml.h>

static size_t files, bytes, events;

static void give_up(const char *path) {
  perror(path);
  exit(2);
}

static int ends_with(const char *name, const char *end) {
  size_t length = strlen(name), tail = strlen(end);
  return length >= tail && strcmp(name + length - tail, end) == 0;
}

static void count_events(const char *path, const unsigned char *text, size_t size) {
  yaml_parser_t parser;
  yaml_event_t event;
  int more = 1;
  if (!yaml_parser_initialize(&parser)) give_up(path);
  yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&parser, text, size);
  while (more) {
    if (!yaml_parser_parse(&parser, &event)) {
      fprintf(stderr, "%s: %s\n", path, parser.problem);
      exit(2);
    }
    more = event.type != YAML_STREAM_END_EVENT;
    events++;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
}

static void read_file(const char *path, int parses) {
  struct stat status;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0 || fstat(file, &status) < 0) give_up(path);
  unsigned char *text = malloc(status.st_size + 1);
  size_t size = 0;
  ssize_t count;
  while ((count = read(file, text + size, status.st_size + 1 - size)) > 0) size += count;
  if (count < 0) give_up(path);
  close(file);
  if (parses) count_events(path, text, size);
  files++;
  bytes += size;
  free(text);
}

static int is_read(const struct dirent *entry) {
  const char *name = entry->d_name;
  if (name[0] == '.' || strcmp(name, "samples") == 0) return 0;
  if (entry->d_type == DT_DIR) return 1;
  return ends_with(name, ".yaml") && !ends_with(name, ".test.yaml");
}

static void read_rules(const char *folder, int parses) {
  struct dirent **entries;
  int count = scandir(folder, &entries, is_read, alphasort);
  if (count < 0) give_up(folder);
  for (int index = 0; index < count; index++) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, entries[index]->d_name);
    if (entries[index]->d_type == DT_DIR) read_rules(path, parses);
    else read_file(path, parses);
    free(entries[index]);
  }
  free(entries);
}

int main(int count, char **arguments) {
  int parses = count > 1 && strcmp(arguments[1], "events") == 0;
  if (count < 3 || (!parses && strcmp(arguments[1], "plain") != 0)) {
    fprintf(stderr, "usage: read_files plain|events RULES TICKETS...\n");
    return 2;
  }
  read_rules(arguments[2], parses);
  for (int index = 3; index < count; index++) read_file(arguments[index], 0);
  printf("%zu files, %zu bytes, %zu events\n", files, bytes, events);
  return 0;
}

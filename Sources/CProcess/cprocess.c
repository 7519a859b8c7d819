// What the Glibc module does not show to Swift: pipe2, F_SETPIPE_SZ, closefrom in posix_spawn, pidfd_open.
#define _GNU_SOURCE
#include "cprocess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/// A page of 500 tickets takes about 320 KiB; a pipe holds 64 KiB unless it is asked to hold more.
static const int pipe_bytes = 1 << 20;

/// A pipe whose ends are no standard streams, even where the host was started without some of these.
static int make_pipe(int ends[2], int host_end) {
  if (pipe2(ends, O_CLOEXEC) != 0) return errno;
  for (int i = 0; i < 2; i++) {
    if (ends[i] > STDERR_FILENO) continue;
    int moved = fcntl(ends[i], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (moved < 0) return errno;
    close(ends[i]);
    ends[i] = moved;
  }
  fcntl(ends[0], F_SETPIPE_SZ, pipe_bytes);
  return fcntl(ends[host_end], F_SETFL, O_NONBLOCK) == 0 ? 0 : errno;
}

static void close_pipe(int ends[2]) {
  for (int i = 0; i < 2; i++)
    if (ends[i] >= 0) close(ends[i]);
}

static int spawn(const char *path, char *const argv[], char *const envp[], pid_t *pid, const int streams[3]) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t all, none;
  sigfillset(&all);
  sigemptyset(&none);
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  for (int i = 0; i < 3; i++) posix_spawn_file_actions_adddup2(&actions, streams[i], i);
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
#endif
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setsigmask(&attributes, &none);
  int code = posix_spawn(pid, path, &actions, &attributes, argv, envp);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return code;
}

int cprocess_spawn(const char *path, char *const argv[], char *const envp[], struct cprocess *child) {
  int input[2] = {-1, -1}, output[2] = {-1, -1}, error[2] = {-1, -1};
  int code = make_pipe(input, 1);
  if (code == 0) code = make_pipe(output, 0);
  if (code == 0) code = make_pipe(error, 0);
  if (code == 0) code = spawn(path, argv, envp, &child->pid, (int[]){input[0], output[1], error[1]});
  if (code != 0) {
    close_pipe(input);
    close_pipe(output);
    close_pipe(error);
    return code;
  }
  close(input[0]);
  close(output[1]);
  close(error[1]);
  child->input = input[1];
  child->output = output[0];
  child->error = error[0];
#ifdef SYS_pidfd_open
  child->handle = (int)syscall(SYS_pidfd_open, child->pid, 0);
#else
  child->handle = -1;
#endif
  return 0;
}

int cprocess_has_ended(pid_t pid) {
  siginfo_t info = {0};
  int code = waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT);
  return code != 0 || info.si_pid == pid;
}

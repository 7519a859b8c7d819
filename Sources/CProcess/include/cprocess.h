#ifndef CPROCESS_H
#define CPROCESS_H

#include <sys/types.h>

/// A child process and the host's ends of its streams, all of them non-blocking and closed on exec.
struct cprocess {
  pid_t pid;
  /// A descriptor that is readable once the process has ended (pidfd_open(2)); -1 where the system has none.
  int handle;
  int input, output, error;
};

/// Starts `path` in a process group of its own, with default signals and no other descriptors than its three streams.
/// Answers 0 or the system's number for what failed.
int cprocess_spawn(const char *path, char *const argv[], char *const envp[], struct cprocess *child);

/// Whether the process has ended; it stays a zombie, so that its number and its group's are not given away.
int cprocess_has_ended(pid_t pid);

#endif

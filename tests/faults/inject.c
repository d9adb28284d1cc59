/*
 * inject - a library for LD_PRELOAD that makes calls of a program fail
 *
 * FAULT=GROUP:N makes the N-th call of a group fail once main has begun, with
 * the error that goes with the group, GROUP:N:ERRNO with that number, GROUP:N+
 * that one and all behind it.  What was written to a file whose close fails is
 * lost, unless it was synced.  FAULT=short makes every read and write do half
 * of what it was asked, FAULT=eintr every other one be interrupted.  A call that
 * fails is told in FAULT_LOG, a line each.
 *
 * FAULT=bytes:N makes every read give N bytes at most.  The program runs for each
 * size from 1 to N, and first for any, as a process that began once: standard
 * input is read again, and standard output, error and what is open as 3 become
 * the files 0.1, 0.2 and 0.3 of the folder FAULT_DIR, 1.1 and so on; N.0 is the
 * exit status.
 *
 * glibc's calls of itself are not seen, but for those of malloc: so stdio has
 * groups of its own.  What goes to standard error never fails.
 */
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum group { MALLOC, READ, WRITE, CLOSE, RENAME, CREATE, OPEN, SYNC, MMAP,
    TRUNCATE, UNLINK, STAT, LOCK, FORK, FWRITE, FFLUSH, FCLOSE, GETLINE,
    GROUPS };

static const struct {
	const char	*name;
	int		 error;
} groups[] = {
	[MALLOC] = { "malloc", ENOMEM },
	[READ] = { "read", EIO },
	[WRITE] = { "write", ENOSPC },
	[CLOSE] = { "close", EIO },
	[RENAME] = { "rename", ENOSPC },
	[CREATE] = { "create", EROFS },
	[OPEN] = { "open", EMFILE },
	[SYNC] = { "sync", EIO },
	[MMAP] = { "mmap", ENOMEM },
	[TRUNCATE] = { "truncate", EIO },
	[UNLINK] = { "unlink", EIO },
	[STAT] = { "stat", EIO },
	[LOCK] = { "lock", ENOLCK },
	[FORK] = { "fork", EAGAIN },
	[FWRITE] = { "fwrite", ENOSPC },
	[FFLUSH] = { "fflush", ENOSPC },
	[FCLOSE] = { "fclose", ENOSPC },
	[GETLINE] = { "getline", EIO },
};

static bool		begun, halves, interrupts, goes_on;
static size_t		at_most;	/* bytes of a read, 0: any */
static enum group	chosen = GROUPS;
static int		error;
static long		nth;
static atomic_long	calls;
static const char	*log_path;

/* Only system calls: whoever calls may be malloc. */
static void
tell(void)
{
	static const char line[] = "fault\n";
	int fd;

	if (log_path == NULL)
		return;
	fd = (int)syscall(SYS_openat, AT_FDCWD, log_path,
	    O_WRONLY | O_CREAT | O_APPEND, 0666);
	syscall(SYS_write, fd, line, sizeof(line) - 1);
	syscall(SYS_close, fd);
}

static bool
fails(enum group g)
{
	long n;

	if (!begun || g != chosen)
		return false;
	n = atomic_fetch_add(&calls, 1) + 1;
	if (n != nth && !(goes_on && n > nth))
		return false;
	tell();
	errno = error;
	return true;
}

/* Whether this read or write is one to be interrupted. */
static bool
interrupted(void)
{
	if (!begun || !interrupts || atomic_fetch_add(&calls, 1) % 2 != 0)
		return false;
	tell();
	errno = EINTR;
	return true;
}

/* How much of a read or write is done. */
static size_t
part(enum group g, size_t n)
{
	if (!begun)
		return n;
	if (g == READ && at_most > 0)
		return n < at_most ? n : at_most;
	if (!halves || n < 2)
		return n;
	tell();
	return n / 2;
}

/* Where the n-th run writes what stands for fd. */
static int
sized_file(int n, int fd)
{
	char path[4096];
	int f;

	snprintf(path, sizeof(path), "%s/%d.%d", getenv("FAULT_DIR"), n, fd);
	f = (int)syscall(SYS_openat, AT_FDCWD, path,
	    O_RDWR | O_CREAT | O_TRUNC, 0666);
	if (f == -1)
		abort();
	return f;
}

/* Return in a process for each size, and leave when all have ended. */
static void
each_size(int last)
{
	char text[16];
	int fd, n, status;
	pid_t pid;

	for (n = 0; n <= last; n++) {
		lseek(STDIN_FILENO, 0, SEEK_SET);
		if ((pid = fork()) == -1)
			abort();
		if (pid == 0) {
			for (fd = 1; fd <= 3; fd++) {
				int f = sized_file(n, fd);

				if (dup2(f, fd) == -1)
					abort();
				if (f > 3)
					syscall(SYS_close, f);
			}
			at_most = (size_t)n;
			return;
		}
		if (waitpid(pid, &status, 0) != pid)
			abort();
		fd = sized_file(n, 0);
		snprintf(text, sizeof(text), "%d", WIFEXITED(status) ?
		    WEXITSTATUS(status) : -WTERMSIG(status));
		syscall(SYS_write, fd, text, strlen(text));
		syscall(SYS_close, fd);
	}
	_exit(0);
}

static void
begin(void)
{
	const char *s = getenv("FAULT"), *colon;
	char *end;
	int g;

	log_path = getenv("FAULT_LOG");
	if (s == NULL)
		return;
	halves = strcmp(s, "short") == 0;
	if (sscanf(s, "bytes:%d", &g) == 1) {
		each_size(g);
		begun = true;
		return;
	}
	interrupts = strcmp(s, "eintr") == 0;
	if ((colon = strchr(s, ':')) != NULL) {
		for (g = 0; g < GROUPS; g++)
			if (strlen(groups[g].name) == (size_t)(colon - s) &&
			    strncmp(s, groups[g].name, (size_t)(colon - s)) == 0)
				chosen = g;
		if (chosen == GROUPS)
			abort();
		nth = strtol(colon + 1, &end, 10);
		goes_on = *end == '+';
		error = groups[chosen].error;
		if (*end == ':')
			error = atoi(end + 1);
	}
	begun = true;
}

/* A function of the next library: with a pedantic compiler, from a void *. */
#define NEXT(name) do {							\
	if (next == NULL)						\
		*(void **)(void *)&next = dlsym(RTLD_NEXT, name);	\
} while (0)

/* What is on the disk, whatever a close says. */
static ino_t		synced[1024];
static atomic_uint	nsynced;

static void
remember(int fd)
{
	struct stat st;
	unsigned i = atomic_fetch_add(&nsynced, 1);

	if (i < sizeof(synced) / sizeof(synced[0]) &&
	    syscall(SYS_fstat, fd, &st) == 0)
		synced[i] = st.st_ino;
}

static void
lose(int fd)
{
	int flags = (int)syscall(SYS_fcntl, fd, F_GETFL);
	struct stat st;
	size_t i;

	if ((flags & O_ACCMODE) == O_RDONLY ||
	    syscall(SYS_fstat, fd, &st) != 0 || !S_ISREG(st.st_mode))
		return;
	for (i = 0; i < sizeof(synced) / sizeof(synced[0]); i++)
		if (synced[i] == st.st_ino)
			return;
	syscall(SYS_ftruncate, fd, 0L);
}

static int (*program)(int, char **, char **);

static int
program_begins(int argc, char *argv[], char *envp[])
{
	begin();
	return program(argc, argv, envp);
}

int	__libc_start_main(int (*)(int, char **, char **), int, char **,
	    void (*)(void), void (*)(void), void (*)(void), void *);

int
__libc_start_main(int (*start)(int, char **, char **), int argc, char **argv,
    void (*init)(void), void (*fini)(void), void (*rtld_fini)(void),
    void *stack_end)
{
	static int (*next)(int (*)(int, char **, char **), int, char **,
	    void (*)(void), void (*)(void), void (*)(void), void *);

	NEXT("__libc_start_main");
	program = start;
	return next(program_begins, argc, argv, init, fini, rtld_fini,
	    stack_end);
}

/* Memory: dlsym may want some itself, so by glibc's other names. */

void	*__libc_malloc(size_t);
void	*__libc_calloc(size_t, size_t);
void	*__libc_realloc(void *, size_t);
void	*__libc_memalign(size_t, size_t);

void *
malloc(size_t n)
{
	return fails(MALLOC) ? NULL : __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
	return fails(MALLOC) ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
	return fails(MALLOC) ? NULL : __libc_realloc(p, n);
}

void *
reallocarray(void *p, size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes)) {
		errno = ENOMEM;
		return NULL;
	}
	return realloc(p, bytes);
}

void *
aligned_alloc(size_t align, size_t n)
{
	return fails(MALLOC) ? NULL : __libc_memalign(align, n);
}

int
posix_memalign(void **p, size_t align, size_t n)
{
	if (fails(MALLOC))
		return ENOMEM;
	*p = __libc_memalign(align, n);
	return *p != NULL ? 0 : ENOMEM;
}

/* Calls whose failure is -1 and does nothing: name, group, parameters. */
#define CALL(type, name, group, params, args)				\
type									\
name params								\
{									\
	static type (*next) params;					\
									\
	NEXT(#name);							\
	return fails(group) ? -1 : next args;				\
}

#define MOVING(name, params, args)					\
ssize_t									\
name params								\
{									\
	static ssize_t (*next) params;					\
									\
	NEXT(#name);							\
	if (fails(group_of_moving) || interrupted())			\
		return -1;						\
	n = part(group_of_moving, n);					\
	return next args;						\
}

#define group_of_moving READ
MOVING(read, (int fd, void *p, size_t n), (fd, p, n))
MOVING(pread, (int fd, void *p, size_t n, off_t at), (fd, p, n, at))
MOVING(pread64, (int fd, void *p, size_t n, off64_t at), (fd, p, n, at))
#undef group_of_moving
#define group_of_moving (fd == STDERR_FILENO ? GROUPS : WRITE)
MOVING(write, (int fd, const void *p, size_t n), (fd, p, n))
MOVING(pwrite, (int fd, const void *p, size_t n, off_t at), (fd, p, n, at))
MOVING(pwrite64, (int fd, const void *p, size_t n, off64_t at),
    (fd, p, n, at))

CALL(ssize_t, writev, WRITE, (int fd, const struct iovec *v, int n),
    (fd, v, n))
CALL(int, rename, RENAME, (const char *a, const char *b), (a, b))
CALL(int, renameat, RENAME, (int f, const char *a, int t, const char *b),
    (f, a, t, b))
CALL(int, renameat2, RENAME, (int f, const char *a, int t, const char *b,
    unsigned flags), (f, a, t, b, flags))
CALL(int, link, CREATE, (const char *a, const char *b), (a, b))
CALL(int, linkat, CREATE, (int f, const char *a, int t, const char *b,
    int flags), (f, a, t, b, flags))
CALL(int, symlink, CREATE, (const char *a, const char *b), (a, b))
CALL(int, symlinkat, CREATE, (const char *a, int t, const char *b), (a, t, b))
CALL(int, mkdir, CREATE, (const char *path, mode_t mode), (path, mode))
CALL(int, mkdirat, CREATE, (int fd, const char *path, mode_t mode),
    (fd, path, mode))
CALL(int, mkstemp, CREATE, (char *path), (path))
CALL(int, mkstemp64, CREATE, (char *path), (path))
CALL(int, fdatasync, SYNC, (int fd), (fd))
CALL(int, syncfs, SYNC, (int fd), (fd))
CALL(int, ftruncate, TRUNCATE, (int fd, off_t n), (fd, n))
CALL(int, ftruncate64, TRUNCATE, (int fd, off64_t n), (fd, n))
CALL(int, unlink, UNLINK, (const char *path), (path))
CALL(int, unlinkat, UNLINK, (int fd, const char *path, int flags),
    (fd, path, flags))
CALL(int, remove, UNLINK, (const char *path), (path))
CALL(int, rmdir, UNLINK, (const char *path), (path))
CALL(int, stat, STAT, (const char *path, struct stat *st), (path, st))
CALL(int, fstat, STAT, (int fd, struct stat *st), (fd, st))
CALL(int, fstatat, STAT, (int fd, const char *path, struct stat *st,
    int flags), (fd, path, st, flags))
CALL(int, flock, LOCK, (int fd, int how), (fd, how))
CALL(pid_t, fork, FORK, (void), ())
CALL(int, pipe, FORK, (int fd[2]), (fd))

int
fsync(int fd)
{
	static int (*next)(int);

	NEXT("fsync");
	if (fails(SYNC))
		return -1;
	remember(fd);
	return next(fd);
}

/* Others do what they are asked all the same. */

int
close(int fd)
{
	static int (*next)(int);
	bool failed = fails(CLOSE);
	int r, e = errno;

	NEXT("close");
	if (failed)
		lose(fd);
	r = next(fd);
	if (!failed)
		return r;
	errno = e;
	return -1;
}

void *
mmap(void *p, size_t n, int prot, int flags, int fd, off_t at)
{
	static void *(*next)(void *, size_t, int, int, int, off_t);

	NEXT("mmap");
	return fails(MMAP) ? MAP_FAILED : next(p, n, prot, flags, fd, at);
}

#define OPEN_CALL(name, params, args)					\
int									\
name params								\
{									\
	static int (*next) params;					\
	mode_t mode = 0;						\
	va_list ap;							\
									\
	NEXT(#name);							\
	va_start(ap, flags);						\
	if ((flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE)	\
		mode = va_arg(ap, mode_t);				\
	va_end(ap);							\
	return fails((flags & O_CREAT) != 0 ? CREATE : OPEN) ? -1 :	\
	    next args;							\
}

OPEN_CALL(open, (const char *path, int flags, ...), (path, flags, mode))
OPEN_CALL(open64, (const char *path, int flags, ...), (path, flags, mode))
OPEN_CALL(openat, (int fd, const char *path, int flags, ...),
    (fd, path, flags, mode))
OPEN_CALL(openat64, (int fd, const char *path, int flags, ...),
    (fd, path, flags, mode))

/* stdio */

#define FOPEN(name)							\
FILE *									\
name(const char *path, const char *mode)				\
{									\
	static FILE *(*next)(const char *, const char *);		\
									\
	NEXT(#name);							\
	return fails(*mode == 'r' ? OPEN : CREATE) ? NULL :		\
	    next(path, mode);						\
}

FOPEN(fopen)
FOPEN(fopen64)

/* As glibc does: what ferror looks at. */
static bool
stream_fails(FILE *f, enum group g)
{
	if (f == stderr || !fails(g))
		return false;
	f->_flags |= 0x20;
	return true;
}

size_t
fwrite(const void *p, size_t size, size_t n, FILE *f)
{
	static size_t (*next)(const void *, size_t, size_t, FILE *);

	NEXT("fwrite");
	return stream_fails(f, FWRITE) ? 0 : next(p, size, n, f);
}

#define PUT(name, params, args)						\
int									\
name params								\
{									\
	static int (*next) params;					\
									\
	NEXT(#name);							\
	return stream_fails(f, FWRITE) ? EOF : next args;		\
}

#undef putc
PUT(fputs, (const char *s, FILE *f), (s, f))
PUT(fputc, (int c, FILE *f), (c, f))
PUT(putc, (int c, FILE *f), (c, f))
PUT(vfprintf, (FILE *f, const char *fmt, va_list ap), (f, fmt, ap))

int
fprintf(FILE *f, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vfprintf(f, fmt, ap);
	va_end(ap);
	return n;
}

int
printf(const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vfprintf(stdout, fmt, ap);
	va_end(ap);
	return n;
}

int
puts(const char *s)
{
	return fputs(s, stdout) == EOF || fputc('\n', stdout) == EOF ? EOF : 1;
}

/* What a flush cannot write stays unwritten; all of it is lost. */
int
fflush(FILE *f)
{
	static int (*next)(FILE *);

	NEXT("fflush");
	return f != NULL && stream_fails(f, FFLUSH) ? EOF : next(f);
}

int
fclose(FILE *f)
{
	static int (*next)(FILE *);
	bool failed = fails(FCLOSE);
	int r, e = errno, fd = failed ? dup(fileno(f)) : -1;

	NEXT("fclose");
	r = next(f);
	if (!failed)
		return r;
	lose(fd);
	syscall(SYS_close, fd);
	errno = e;
	return EOF;
}

ssize_t
getdelim(char **line, size_t *cap, int delim, FILE *f)
{
	static ssize_t (*next)(char **, size_t *, int, FILE *);

	NEXT("getdelim");
	return stream_fails(f, GETLINE) ? -1 : next(line, cap, delim, f);
}

ssize_t
getline(char **line, size_t *cap, FILE *f)
{
	return getdelim(line, cap, '\n', f);
}

size_t
fread(void *p, size_t size, size_t n, FILE *f)
{
	static size_t (*next)(void *, size_t, size_t, FILE *);

	NEXT("fread");
	return stream_fails(f, GETLINE) ? 0 : next(p, size, n, f);
}

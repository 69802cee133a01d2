// What an arm64 program without an operating system's library needs to run under qemu's user mode: system calls, memory,
// and the entry that turns the names on standard input into a line with the fingerprint.
typedef unsigned long size_t;

static long call(long number, long a, long b, long c) {
  register long x8 __asm__("x8") = number, x0 __asm__("x0") = a, x1 __asm__("x1") = b, x2 __asm__("x2") = c;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
  return x0;
}

static unsigned char memory[64 << 20] __attribute__((aligned(64)));
static size_t used;

int posix_memalign(void **pointer, size_t alignment, size_t size) {
  used = (used + alignment - 1) & -alignment;
  if (used + size > sizeof memory) return 12;
  *pointer = memory + used;
  used += size;
  return 0;
}
void free(void *pointer) { (void)pointer; }
void *memcpy(void *to, const void *from, size_t n) { for (size_t i = 0; i < n; i++) ((volatile char *)to)[i] = ((const char *)from)[i]; return to; }
void *memmove(void *to, const void *from, size_t n) {
  if ((char *)to < (const char *)from) return memcpy(to, from, n);
  for (size_t i = n; i-- > 0;) ((volatile char *)to)[i] = ((const char *)from)[i];
  return to;
}
void *memset(void *to, int value, size_t n) { for (size_t i = 0; i < n; i++) ((volatile char *)to)[i] = value; return to; }
int memcmp(const void *a, const void *b, size_t n) {
  for (size_t i = 0; i < n; i++) if (((const unsigned char *)a)[i] != ((const unsigned char *)b)[i]) return ((const unsigned char *)a)[i] - ((const unsigned char *)b)[i];
  return 0;
}
int putchar(int c) { char byte = c; call(64, 1, (long)&byte, 1); return c; }
// Linked for the hash tables that the engine does not use; a call would end the program with a code of its own.
void arc4random_buf(void *buffer, size_t n) { (void)buffer, (void)n; call(93, 71, 0, 0); }
unsigned long __stack_chk_guard = 1;
void __stack_chk_fail(void) { call(93, 70, 0, 0); }

unsigned long fingerprint_after_50_steps(const unsigned char *names, long count);

static unsigned char names[1 << 20];

void _start(void) {
  long count = 0, n;
  while ((n = call(63, 0, (long)(names + count), sizeof names - count)) > 0) count += n;
  unsigned long value = fingerprint_after_50_steps(names, count);
  char line[17];
  for (int i = 0; i < 16; i++) line[i] = "0123456789abcdef"[value >> (60 - 4 * i) & 15];
  line[16] = '\n';
  call(64, 1, (long)line, 17);
  call(93, 0, 0, 0);
}

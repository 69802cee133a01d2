// Loaded before the program: counts every allocation and every touch of a reference count, and says so at its end.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

static unsigned long allocations, references;

extern void *__libc_malloc(size_t);
void *malloc(size_t size) {
  allocations++;
  return __libc_malloc(size);
}
extern void *__libc_memalign(size_t, size_t);
int posix_memalign(void **memory, size_t alignment, size_t size) {
  allocations++;
  *memory = __libc_memalign(alignment, size);
  return *memory ? 0 : 12;
}
void *aligned_alloc(size_t alignment, size_t size) {
  allocations++;
  return __libc_memalign(alignment, size);
}

#define COUNTED(name)                                                                    \
  void *name(void *object) {                                                             \
    static void *(*real)(void *);                                                        \
    if (real == NULL) real = (void *(*)(void *))dlsym(RTLD_NEXT, #name);                 \
    references++;                                                                        \
    return real(object);                                                                 \
  }
COUNTED(swift_retain)
COUNTED(swift_release)
COUNTED(swift_bridgeObjectRetain)
COUNTED(swift_bridgeObjectRelease)

__attribute__((destructor)) static void report(void) { fprintf(stderr, "%lu %lu\n", allocations, references); }

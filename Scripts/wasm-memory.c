// Memory for the WebAssembly module: what the Swift runtime asks for. Swift and C can't share a SwiftPM target, so this
// file stands beside the script that links it.
//
// Segregated free lists: a freed piece serves the next request of its size class, and new pieces are cut from the end of
// memory. Classes rise by a sixteenth at most, so little of a piece is wasted, and no request ever searches.
typedef unsigned long size_t;
typedef unsigned char byte;

#define UNIT 64   // pieces are whole units
#define HEADER 16 // before each piece's content, which stands on a unit's boundary
#define CLASSES 368

extern byte __heap_base;
static byte *end_of_used, *end_of_memory;
typedef struct Piece { size_t class; struct Piece *next; } Piece;
static Piece *free_lists[CLASSES];

// The class of a number of units: 1 to 32 themselves, then sixteen a doubling. Rounds `units` up to the class's size.
static size_t class_of(size_t *units) {
  if (*units <= 32) return *units - 1;
  unsigned doubling = 31 - __builtin_clzl(*units - 1); // 2^doubling < units <= 2^(doubling + 1)
  size_t step = (size_t)1 << (doubling - 4);
  size_t parts = (*units + step - 1) / step; // 17 to 32
  *units = parts * step;
  return 32 + (doubling - 5) * 16 + (parts - 17);
}

static void *allocate(size_t size) {
  if (size > 0x7FFFFFFF) return 0;
  size_t units = (size + HEADER + UNIT - 1) / UNIT;
  size_t class = class_of(&units);
  Piece *piece = free_lists[class];
  if (piece) {
    free_lists[class] = piece->next;
    return (byte *)piece + HEADER;
  }
  if (!end_of_used) {
    end_of_used = (byte *)(((size_t)&__heap_base + HEADER + UNIT - 1) / UNIT * UNIT - HEADER);
    end_of_memory = (byte *)(__builtin_wasm_memory_size(0) * 65536);
  }
  size_t bytes = units * UNIT;
  if (end_of_used + bytes + HEADER > end_of_memory) {
    size_t pages = (end_of_used + bytes + HEADER - end_of_memory + 65535) / 65536;
    if (__builtin_wasm_memory_grow(0, pages) == (size_t)-1) return 0;
    end_of_memory += pages * 65536;
  }
  piece = (Piece *)end_of_used;
  end_of_used += bytes;
  piece->class = class;
  return (byte *)piece + HEADER;
}

int posix_memalign(void **pointer, size_t alignment, size_t size) {
  if (alignment > UNIT) return 22; // EINVAL
  *pointer = allocate(size);
  return *pointer ? 0 : 12; // ENOMEM
}

void free(void *pointer) {
  if (!pointer) return;
  Piece *piece = (Piece *)((byte *)pointer - HEADER);
  piece->next = free_lists[piece->class];
  free_lists[piece->class] = piece;
}

void *memset(void *to, int value, size_t count) { return __builtin_memset(to, value, count); }
void *memcpy(void *to, const void *from, size_t count) { return __builtin_memcpy(to, from, count); }
void *memmove(void *to, const void *from, size_t count) { return __builtin_memmove(to, from, count); }

// The database takes the memory of its small objects – a plan of two hundred
// steps has tens of thousands – from the C++ library, and that of its data
// from jemalloc, which it brings with it and which is made for many small
// pieces. C++ lets a program replace "new" and "delete"; here both kinds come
// from jemalloc, a twentieth of the processor time of a small build.
//
// Functions that are not named here (aligned, nothrow) are the library's own:
// those either keep their memory apart or call these. The names are those of
// the Itanium C++ ABI on a system with 64 bits.

#include <stddef.h>

extern void *duckdb_je_malloc(size_t);
extern void duckdb_je_free(void *);
extern void _ZSt17__throw_bad_allocv(void); // std::__throw_bad_alloc

void *_Znwm(size_t n) {
	void *p = duckdb_je_malloc(n ? n : 1);
	if (!p)
		_ZSt17__throw_bad_allocv();
	return p;
}

void *_Znam(size_t n) { return _Znwm(n); }

void _ZdlPv(void *p) {
	if (p)
		duckdb_je_free(p);
}

void _ZdlPvm(void *p, size_t n) {
	(void)n;
	_ZdlPv(p);
}

void _ZdaPv(void *p) { _ZdlPv(p); }

void _ZdaPvm(void *p, size_t n) {
	(void)n;
	_ZdlPv(p);
}

// jemalloc keeps freed pieces at hand for each thread, and looks through them
// after every 64 KB that were asked for, to give some back. The database asks
// for two buffers of 32 KB for every text column of every step of a plan: it
// looked all the time, gave back what the next step asked for again, and so
// took a thirtieth of the processor time of a small build. It now looks after
// every 2 MB; with much more, or more kept at a time, a country takes a tenth
// more memory. This is the setting that jemalloc leaves to programs.
const char *duckdb_je_malloc_conf_2_conf_harder = "tcache_gc_incr_bytes:2097152";

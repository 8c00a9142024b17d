// The database takes a fresh seed from the C++ library for every "and", "or"
// and "case" of every plan, only to try out in which order conditions are
// cheapest. Each word of it comes from the processor's entropy source, which
// takes microseconds and is one for all cores: a sixth of the time of our
// models. Nothing that Tereze asks of the database may depend on chance, so
// these three functions of std::random_device, found by the linker before
// those of the library, give the words of a plain counter-based generator
// (SplitMix64; Steele, Lea, Flood 2014) instead. They hold for the database
// alone: Go has its own source.
//
// The names are those of the GNU C++ library; with another library they are
// never called.

#include <stdatomic.h>
#include <stdint.h>

static _Atomic uint64_t words;

void _ZNSt13random_device7_M_initERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE(void *self, const void *token) {
	(void)self;
	(void)token;
}

void _ZNSt13random_device7_M_finiEv(void *self) { (void)self; }

unsigned int _ZNSt13random_device9_M_getvalEv(void *self) {
	(void)self;
	uint64_t z = atomic_fetch_add(&words, 1) * 0x9e3779b97f4a7c15u + 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (unsigned int)((z ^ (z >> 31)) >> 32);
}

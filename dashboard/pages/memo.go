package pages

import "sync"

// memo keeps what several pages and languages ask for. Two pages that ask at
// once may both find it out; they find the same.
type memo[K, V any] struct{ known sync.Map }

func (m *memo[K, V]) of(key K, find func() V) V {
	if v, ok := m.known.Load(key); ok {
		return v.(V)
	}
	v, _ := m.known.LoadOrStore(key, find())
	return v.(V)
}

// twice keeps what two pages ask for until the second has it: what is large
// would else lie there to the end.
func (m *memo[K, V]) twice(key K, find func() V) V {
	if v, ok := m.known.LoadAndDelete(key); ok {
		return v.(V)
	}
	v := find()
	m.known.Store(key, v)
	return v
}

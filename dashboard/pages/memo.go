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

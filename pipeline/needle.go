package pipeline

import (
	"bytes"
	"encoding/binary"
)

// needle finds a text in bytes. A text of n bytes holds n-3 pieces of four
// bytes, one behind the other, so wherever it stands one of them begins at a
// multiple of n-3: only there it looks.
type needle struct {
	text   []byte
	step   int           // n-3
	pieces [1 << 12]bool // by the hash of a piece
}

func newNeedle(text string) *needle {
	n := &needle{text: []byte(text), step: len(text) - pieceBytes + 1}
	for i := range max(0, n.step) {
		n.pieces[pieceHash(n.text[i:])] = true
	}
	return n
}

const (
	pieceBytes = 4
	worthSteps = 4 // shorter steps find nothing sooner than a plain search
)

// pieceHash spreads a piece over twelve bits (Knuth's multiplicative hash).
func pieceHash(b []byte) uint32 { return binary.LittleEndian.Uint32(b) * 2654435761 >> 20 }

// index is where the text stands first, -1 for nowhere.
func (n *needle) index(raw []byte) int {
	if n.step < worthSteps {
		return bytes.Index(raw, n.text)
	}
	for i := n.step - 1; i+pieceBytes <= len(raw); i += n.step {
		if !n.pieces[pieceHash(raw[i:])] {
			continue
		}
		from := i - n.step + 1
		if at := bytes.Index(raw[from:min(i+len(n.text), len(raw))], n.text); at >= 0 {
			return from + at
		}
	}
	return -1
}

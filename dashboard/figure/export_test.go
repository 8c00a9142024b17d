package figure

// What the tests of whole sites need of the drawings.
const Bold = bold

var (
	TextWidth = width
	Samples   = samples
)

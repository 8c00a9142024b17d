package figure

// What the tests of whole sites need of the drawings.
var (
	TextWidth = width
	Samples   = samples
)

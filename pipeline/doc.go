// Package pipeline runs the stages in their order – instance, snapshots,
// door, indicators, wall, exports, pages, scan – for the real region and its
// example, and switches the finished site in one step.
package pipeline

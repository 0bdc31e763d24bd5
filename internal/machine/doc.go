// Package machine says how the machine is under a process: its disks and how fast they fill,
// its memory, its file descriptors and its clock.
//
// A disk that is full, a clock that was set and a process that has no file descriptor left
// show in many places at once, each time as somebody else's error. Here they are seen before
// they are met, and by what they are. Nothing is judged: package flow does that.
//
// What a system does not tell is left at zero, which means "not known". Linux tells all of it.
package machine

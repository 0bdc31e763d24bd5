// Package watch has a process say that it lives, and sees to it that somebody looks whether
// news flows, whichever processes are left.
//
// # Every process can watch, and one does
//
// Each serve, work and web process writes every [flow.BeatEvery] that it lives ([Pulse]), with
// what it knows of itself and of its machine. Each of them also asks as often for the term of
// the watch; who has it gathers the facts ([Observer]), has package flow judge them, stores
// what has become of the incidents, and has them told. Who has it not reads what the other
// has found. A watcher of its own would be one more process that may die unseen, and the
// leader of the job engine is no choice either: that it is gone is one of the faults, and a
// cluster whose workers are all dead is watched by its web processes.
//
// A term lasts [Term] and is renewed every [Every]. If its holder dies another has it after
// 20 seconds at most and looks within 10 more, which is no later than the holder's own last
// beat counts as old. So a fault that shows by a process's silence is told after 30 seconds
// of patience and 10 of the round, and what else shows at once within a round, be it the
// watcher's own death. The promise of a minute holds for both.
//
// # Without the database
//
// While the database is away nobody can have the term, and nobody can know how the others
// are. Each process then judges what it knows by itself, keeps the incidents in memory, and
// has them told ([State.FromDatabase] is false). While the database can only be read, each
// sees all there is and stores nothing. In both cases it goes on, and says so in the log once.
//
// # Clocks
//
// With each beat a process says how far the database's clock is ahead of its own, where that
// has one (PostgreSQL), so that one whose clock is wrong is told as that, and not as dead.
// After a step of its own clock a watcher waits for one round of beats before it judges, since
// all that was written before looks older, or younger, than it is.
package watch

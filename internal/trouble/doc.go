// Package trouble says in the log what fails for a while, in few lines.
//
// What fails, fails again each second, in every part that needs it: a database that is
// away for a minute is a hundred errors. Who reads the log needs four things of them: that it
// began, with the first error; that it lasts, said less and less often; how often it
// failed; and that it is over, after how long. So
//
//   - a [Trouble] is for who knows whether an attempt failed or not. It says the beginning,
//     then after two minutes, four, eight, and so on, at most an hour apart, and the end;
//   - [Damp] is for who is heard failing only, such as a library: of records that
//     say the same of the same it passes on the first, and then as seldom, with how many there were.
//
// Both count, so that no failure goes unmentioned that is followed by another or by the end.
// Neither starts a goroutine: without an attempt nothing is said.
package trouble

// Package kit holds the building blocks of the window: the theme, the data
// table, input fields and forms, dialogs, and the register page that most of
// the program consists of. It knows no register; pages tell it what to show
// by data and callbacks.
//
// Everything is called on the UI goroutine unless its comment says otherwise.
// Pages leave that goroutine only through [Run] and the sources of tables and
// pickers, so that tests can run the whole window in one goroutine with
// [SetEnv].
package kit

package model

// Version is the program's version; FyneApp.toml bears the same.
const Version = "0.1.0"

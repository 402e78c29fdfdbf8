//go:build unix

package store

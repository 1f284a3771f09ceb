//! Patterns: one tree for every dialect, and what runs it.

package main

type finding struct {
	No, Department, Level, State, Problem, Source, Person, Category string
	DueOn                                                           string `json:"due_on"`
	FoundOn                                                         string `json:"found_on"`
	Overdue                                                         bool
}

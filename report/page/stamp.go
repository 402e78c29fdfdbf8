package page

// Stamp is what every page of a batch has alike, drawn once and repeated.
type Stamp struct {
	content []byte
	unknown []rune
}

// Record keeps what draw draws, instead of putting it on the page. Layout and
// drawing happen once, however many pages bear the stamp.
func (d *Doc) Record(draw func()) Stamp {
	d.stamp = &Stamp{}
	defer func() { d.stamp = nil }()
	draw()
	return *d.stamp
}

// Stamp puts recorded content on the current page, where it was drawn.
func (d *Doc) Stamp(s Stamp) {
	d.missing(s.unknown)
	d.emit(s.content)
}

// emit writes content operators to the page or to the stamp being recorded.
func (d *Doc) emit(content []byte) {
	if d.stamp != nil {
		d.stamp.content = append(append(d.stamp.content, content...), '\n')
		return
	}
	d.out.raw(content)
}

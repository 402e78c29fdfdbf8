package store

import "context"

// SupplierNames lists the companies on file whose names hold a text, at most
// so many, in the order of their names.
func (s *Store) SupplierNames(ctx context.Context, find string, most int) ([]string, error) {
	var names []string
	err := s.read(ctx).Table("supplier").Where(`name LIKE ? ESCAPE '\'`, like("%", find, "%")).Order("name").Limit(most).Pluck("name", &names).Error
	return names, faultOf(err)
}

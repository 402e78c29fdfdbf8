package store

import "context"

// Counts are the figures about the people on file: those employed, those of
// them with key posts, the open departments, and those without a head.
type Counts struct{ Staff, KeyPosts, Departments, Headless int }

// Counts returns the figures about the people on file.
func (s *Store) Counts(ctx context.Context) (Counts, error) {
	var out Counts
	err := s.read(ctx).Raw(`SELECT
		(SELECT COUNT(*) FROM staff WHERE left_on = '') AS staff,
		(SELECT COUNT(*) FROM staff WHERE left_on = '' AND key_post_reason <> '') AS key_posts,
		(SELECT COUNT(*) FROM department WHERE closed_on = '') AS departments,
		(SELECT COUNT(*) FROM department WHERE closed_on = '' AND head_id IS NULL) AS headless`).Scan(&out).Error
	return out, faultOf(err)
}

-- refusal: one row is one value cell that was not accepted, with the words
-- for its reason and without its text, which may be a small count; or a
-- whole file that could not be read, without a row and a column.
-- Key: cell, or source, file, code. Inputs: cell, delivery, source, place,
-- area, period, measure, refused_file, refusal_words.
create or replace table refusal as
with
cells as (
  select c.cell, c.delivery, p.sheet, c.row, p.column, c.refusal as code,
    coalesce(a.code, '') as area, coalesce(q.name, '') as period, coalesce(m.id, '') as measure
  from cell c
  join place p using (place)
  left join area a on a.area = c.area
  left join period q on q.period = c.period
  left join measure m on m.measure = c.measure
  where c.refusal <> ''
),
files as (
  select null::bigint as cell, delivery, sheet, null::bigint as row, '' as column, code, '' as area, '' as period, '' as measure
  from refused_file
)
select r.cell, s.id as source, d.snapshot, d.file, r.sheet, r.row, r.column, r.code, r.area, r.period, r.measure,
  w.* exclude (code), s.nature
from (from cells union all by name from files) r
join delivery d using (delivery)
join source s using (source)
join refusal_words w on w.code = r.code
order by s.id, d.file, d.snapshot, r.sheet, r.row nulls first, r.column, r.code, r.cell;

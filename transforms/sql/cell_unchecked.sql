-- cell_unchecked: the table cell as in cell.sql, one row a value cell, with the
-- numbers cast and nothing checked. Only the benchmark of what the checks cost runs it.
-- Key: cell. Inputs: stage_cell, delivery, source.
create or replace table cell as
select c.cell, c.delivery, d.source, s.series, s.territory, c.place, c.row, c.area, c.period, c.measure, c.trait,
  coalesce(nullif(c.raw, ''), c.number) as raw, try_cast(nullif(c.number, '') as double) as value, c.refusal
from stage_cell c
join delivery d using (delivery)
join source s using (source);

-- accounting: one row is one delivery, with the fates of its value cells as
-- the tables hold them: accepted cells are counted in observation, refused
-- ones in refusal, so that a cell lost between them is missed here.
-- Key: delivery. Inputs: delivery, source, cell, observation, refusal.
create or replace table accounting as
with
accepted as (
  select c.delivery, count(*) as n from observation o join cell c using (cell) group by all
),
refused as (
  select c.delivery, count(*) as n from refusal r join cell c using (cell) group by all
)
select d.delivery, s.id as source, d.snapshot, d.file, d.cells_read,
  coalesce(a.n, 0) as accepted, coalesce(r.n, 0) as refused, d.dropped_personal, d.layout
from delivery d
join source s using (source)
left join accepted a using (delivery)
left join refused r using (delivery)
order by d.delivery;

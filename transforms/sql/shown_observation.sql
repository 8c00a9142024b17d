-- shown_observation: one row is one observation as everybody may see it; the
-- columns are those of observations.csv. A hidden count has the status Q and
-- no number.
-- Key: measure, area, area_valid_from, period, source, territory.
-- Inputs: observation, hidden, input, cell, place, delivery, measure, area, period, source, setting.
create or replace temp table shown_observation as
with
marked as (
  select i.observation, h.mark from hidden h join input i using (input) where i.observation is not null
)
select m.id as measure, a.code as area, a.valid_from as area_valid_from, p.name as period,
  case m.basis when 'stock' then p."end" when 'year_to_date' then p.year_start
    when 'cumulative' then m.since else p.start end as period_start,
  p."end" as period_end,
  case when h.mark is null then o.value end as value,
  case when h.mark is null then o.qualifier else '' end as qualifier,
  m.unit, m.basis,
  case when h.mark is null then o.obs_status else 'Q' end as obs_status,
  case h.mark when 1 then 'A' when 2 then 'D' else o.conf_status end as conf_status,
  o.nature, s.id as source, coalesce(d.snapshot, '') as snapshot, coalesce(q.sheet, '') as sheet,
  cast(c.row as integer) as row, coalesce(q.column, '') as column, o.known_from, coalesce(o.reference, '') as reference,
  case when h.mark is null then o.reason else '' end as reason,
  t.release
from observation o
join measure m using (measure)
join area a using (area)
join period p using (period)
join source s using (source)
left join cell c using (cell)
left join place q using (place)
left join delivery d using (delivery)
left join marked h using (observation)
cross join setting t
order by o.observation;

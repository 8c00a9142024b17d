-- observation: one row is one accepted figure (measure × area × period ×
-- source), or the place of one that was due and is not there: then it has no
-- value, no cell, the status O and a reason.
-- Key: observation; also series, measure, area, period, territory.
-- Inputs: cell, trait, delivery, source, measure, due, measured, sender_refusal.
create or replace table observation as
with
accepted as materialized (
  select c.cell, c.measure, c.area, c.period, c.series, c.source, c.territory, c.value,
    t.qualifier, t.rounded_to, t.obs_status, t.conf_status, t.reason,
    coalesce(t.known_from, s.published_on, s.retrieved_on) as known_from,
    coalesce(nullif(t.reference, ''), s.address) as reference
  from cell c
  join trait t using (trait)
  join source s using (source)
  where c.refusal = ''
),
-- Cells that were refused although their key was understood.
turned_away as (
  select measure, area, period, series, source, territory,
    case refusal when 'held' then 'held' else 'refused_at_door' end as reason,
    case refusal when 'held' then 3 else 2 end as weight
  from cell
  where refusal not in ('', 'duplicate_same') and measure is not null and area is not null and period is not null
),
awaited as (
  select m.measure, d.area, d.period, s.series, d.source, s.territory,
    case when d.unread then 'refused_at_door' when d.status = 'refused_by_sender' then 'refused_by_sender' else 'not_supplied' end as reason,
    case when d.unread then 2 when d.status = 'refused_by_sender' then 1 else 0 end as weight
  from due d
  join source s using (source)
  join measured m using (source)
  where d.status <> 'not_due'
),
-- What a sender said it would not give, whether a calendar asks for it or not.
declined as (
  select m.measure, r.area, r.period, s.series, r.source, s.territory, 'refused_by_sender' as reason, 1 as weight
  from sender_refusal r
  join source s using (source)
  join measured m on m.source = r.source and m.measure = coalesce(r.measure, m.measure)
),
-- The heaviest reason holds: what came and waits or was refused is not "not supplied".
absent as (
  select measure, area, period, series, territory, min(source) as source, max_by(reason, weight) as reason
  from (from turned_away union all by name from awaited union all by name from declined) g
  anti join accepted a using (measure, area, period, series, territory)
  group by all
),
joint as (
  select * from accepted
  union all by name
  select measure, area, period, series, source, territory, '' as qualifier, 'O' as obs_status, 'F' as conf_status, reason, '' as reference
  from absent
)
select row_number() over () as observation, *
from (
  select b.*, s.nature, s.nature = 'published' as known
  from joint b
  join source s using (source)
  order by b.measure, b.area, b.period, b.source, b.territory
);

-- due: one row is one report that a source's calendar asks of one area for
-- one period, with what became of it: on_time (also where nobody wrote down
-- when it came), late, held, refused_at_door, refused_by_sender,
-- not_supplied, or not_due as long as the day has not come.
-- Key: source, area, period. Inputs: owed, cell, delivery, trait, source,
-- measured, nearly, sender_refusal.
-- A report whose area is misspelt, or whose file cannot be read, came all the
-- same (unread): it is refused, not silence, and none of it is used.
create or replace table due as
with
arrived as (
  select c.source, c.area, c.period,
    count(*) filter (c.refusal = '') as accepted,
    count(*) filter (c.refusal = 'held') as held,
    min(coalesce(t.known_from, s.published_on)) as received,
    min_by(d.file, c.cell) as file
  from cell c
  join delivery d using (delivery)
  join trait t using (trait)
  join source s on s.source = c.source
  where c.area is not null and c.period is not null
  group by all
),
unread as (
  select d.source, n.area, n.period, min(coalesce(n.received, s.published_on)) as received, min_by(d.file, d.delivery) as file
  from nearly n
  join delivery d using (delivery)
  join source s using (source)
  group by all
),
-- Where several forms carry the same measures of one delivery, an area owes
-- the form it uses, not each of them.
uses as (
  select distinct a.source, s.series, a.area from arrived a join source s using (source)
),
other_form as (
  select distinct o.source, o.area
  from owed o
  join source s using (source)
  join uses u on u.series = s.series and u.area = o.area and u.source <> o.source
  where exists (from measured m join measured n using (measure) where m.source = o.source and n.source = u.source)
    and not exists (from uses v where v.source = o.source and v.area = o.area)
)
select o.source, o.area, o.period, o.due, o.is_due, coalesce(a.received, u.received) as received, coalesce(a.file, u.file, '') as file,
  a.source is null and u.source is not null as unread,
  case
    when a.source is null and u.source is not null then 'refused_at_door'
    when a.source is null and r.source is not null then 'refused_by_sender'
    when a.source is null and not o.is_due then 'not_due'
    when a.source is null then 'not_supplied'
    when a.accepted = 0 and a.held > 0 then 'held'
    when a.accepted = 0 then 'refused_at_door'
    when a.received > o.due then 'late'
    else 'on_time'
  end as status
from owed o
left join arrived a using (source, area, period)
left join unread u using (source, area, period)
left join (select distinct source, area, period from sender_refusal where measure is null) r using (source, area, period)
anti join other_form f on f.source = o.source and f.area = o.area
order by o.source, o.area, o.period;

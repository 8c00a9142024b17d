-- rule_outcome: one row says of one source and one rule of the door how many
-- cells the rule looked at, and how many of them it refused, held, or would
-- have held had a person not released them. The rule personal looks at every
-- value cell first and drops what would expose a person.
-- Key: source, rule. Inputs: cell, measure, rule, added, questioned, decided, delivery, source.
create or replace table rule_outcome as
with
-- Few rows: what follows counts them, not the cells.
kind as materialized (
  select source, measure, refusal, count(*) as n, count(value) as numbers, count(slot) as keyed
  from cell
  group by all
),
looked as materialized (
  select k.source,
    sum(n) as readable,
    sum(numbers) filter (m.unit is not null and m.unit <> 'percent') as counts,
    sum(numbers) filter (m.protected) as wholes,
    sum(numbers) filter (m.unit = 'percent') as percents,
    sum(numbers) filter (r.least is not null or r.most is not null or r.listed) as limited,
    sum(keyed) as keyed,
    sum(numbers) filter (m.total is not null) as parts,
    sum(numbers) filter (m.basis in ('cumulative', 'year_to_date')) as running,
    sum(numbers) filter (r.jump > 1) as jumps
  from kind k
  left join measure m using (measure)
  left join rule r on r.source = k.source and r.measure = k.measure
  group by k.source
),
sums as (
  select c.source, count(*) as sums from added join cell c using (cell) group by all
),
refused as (
  select source,
    case refusal
      when 'missing_key' then 'key' when 'unknown_area' then 'area' when 'ambiguous_area' then 'area' when 'area_not_valid' then 'area'
      when 'unknown_period' then 'period' when 'ambiguous_period' then 'period' when 'unknown_measure' then 'measure'
      when 'unexpected_area' then 'calendar' when 'unexpected_period' then 'calendar' when 'unexpected_column' then 'columns'
      when 'not_a_number' then 'number' when 'negative_count' then 'not_negative' when 'fraction_of_count' then 'whole_count'
      when 'out_of_range' then 'percent' when 'outside_contract' then 'contract'
      when 'duplicate_conflict' then 'duplicate' when 'duplicate_same' then 'duplicate' when 'part_exceeds_whole' then 'part'
      when 'cumulative_fell' then 'running_count' when 'sum_mismatch' then 'sum' when 'held' then 'jump' when 'refused_by_decision' then 'decision'
      else refusal
    end as rule,
    sum(n) filter (refusal <> 'held') as refused, sum(n) filter (refusal = 'held') as held
  from kind
  where refusal <> ''
  group by all
),
released as (
  select c.source, q.rule, count(*) as released from questioned q join cell c using (cell) where q.released group by all
),
decisions as (
  select c.source, count(*) as decisions from decided join cell c using (cell) group by all
),
every as materialized (
  select l.source, u.rule, u.checked
  from looked l
  left join sums s using (source)
  left join decisions d using (source)
  cross join lateral (values
    ('key', l.readable), ('area', l.readable), ('period', l.readable), ('measure', l.readable), ('number', l.readable),
    ('not_negative', l.counts), ('whole_count', l.wholes), ('percent', l.percents), ('contract', l.limited),
    ('duplicate', l.keyed), ('part', l.parts), ('running_count', l.running), ('jump', l.jumps),
    ('sum', coalesce(s.sums, 0)), ('decision', coalesce(d.decisions, 0))
  ) u(rule, checked)
),
named as (
  select source, rule from every where checked > 0
  union
  select source, rule from refused
)
select s.id as source, n.rule, cast(coalesce(e.checked, l.readable) as bigint) as checked, cast(coalesce(r.refused, 0) as bigint) as refused,
  cast(coalesce(r.held, 0) as bigint) as held, coalesce(x.released, 0) as released, cast(0 as bigint) as dropped, s.nature
from named n
join source s using (source)
join looked l using (source)
left join every e using (source, rule)
left join refused r using (source, rule)
left join released x using (source, rule)
union all
select s.id, 'personal', cast(sum(d.cells_read) as bigint), 0, 0, 0, cast(sum(d.dropped_personal) as bigint), s.nature
from delivery d
join source s using (source)
group by s.id, s.nature
having sum(d.cells_read) > 0
order by 1, 2;

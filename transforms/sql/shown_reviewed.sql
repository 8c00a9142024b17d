-- veiled: one row is one observation that is hidden from readers.
-- Key: observation. Inputs: hidden, input.
create or replace temp view veiled as
select distinct i.observation from hidden h join input i using (input) where i.observation is not null;

-- shown_correction: one row is one known error of a source that was put
-- right, without its numbers where the observation is hidden or was refused.
-- Key: id, source, area, area_valid_from, period, measure.
-- Inputs: correction, cell, observation, veiled, delivery, place, area, period, measure, source.
create or replace temp view shown_correction as
select x.id, s.id as source, a.code as area, a.valid_from as area_valid_from, p.name as period, m.id as measure,
  case when v.observation is null and o.observation is not null then x.published end as published,
  case when v.observation is null and o.observation is not null then x.corrected end as corrected,
  x.evidence, x.told_publisher_on, d.snapshot, q.sheet, cast(c.row as integer) as row, q.column, x.* exclude (cell, id, published, corrected, evidence, told_publisher_on), s.nature
from correction x
join cell c using (cell)
join delivery d on d.delivery = c.delivery
join place q on q.place = c.place
join source s on s.source = c.source
join area a on a.area = c.area
join period p on p.period = c.period
join measure m on m.measure = c.measure
left join observation o on o.cell = c.cell
left join veiled v on v.observation = o.observation
order by x.id, c.cell;

-- shown_decision: one row is one value that a person released or refused,
-- without the value. rule is the rule it was held by, empty for a refusal of
-- a value that no rule spoke against.
-- Key: id, cell. Inputs: decided, decision, questioned, cell, area, period, measure, source, delivery, place.
create or replace temp view shown_decision as
select x.id, s.id as source, a.code as area, a.valid_from as area_valid_from, p.name as period, m.id as measure, x.decision, coalesce(q.rule, '') as rule,
  x.decided_by as "by", x.decided_on as "on", d.file, w.sheet, cast(c.row as integer) as row, w.column, x.* exclude (id, decision, decided_by, decided_on), s.nature
from decided y
join decision x on x.id = y.entry
join cell c on c.cell = y.cell
join delivery d on d.delivery = c.delivery
join place w on w.place = c.place
join source s on s.source = c.source
join area a on a.area = c.area
join period p on p.period = c.period
join measure m on m.measure = c.measure
left join questioned q on q.cell = y.cell
where x.decision = 'refuse' or q.cell is not null
order by x.id, c.cell;

-- shown_disagreement: one row is two sources that give different figures for
-- one measure, area and period, with the explanation if somebody wrote one.
-- Where either figure is hidden, neither stands here.
-- Key: measure, area, area_valid_from, period, territory, source, other_source.
-- Inputs: disagreement, observation, veiled, explained, measure, area, period, source.
create or replace temp view shown_disagreement as
select m.id as measure, a.code as area, a.valid_from as area_valid_from, p.name as period, d.territory,
  s.id as source, case when h.hidden then null else o.value end as value, case when h.hidden then '' else o.qualifier end as qualifier, o.known_from,
  r.id as other_source, case when h.hidden then null else w.value end as other_value, case when h.hidden then '' else w.qualifier end as other_qualifier, w.known_from as other_known_from,
  case when h.hidden then null else round(d.gap, 6) end as gap_percent, d.wide as above_tolerance, e.* replace (coalesce(e.id, '') as id), nature_of(greatest(nature_rank(s.nature), nature_rank(r.nature))) as nature
from disagreement d
join observation o on o.observation = d.observation
join observation w on w.observation = d.other
join measure m on m.measure = d.measure
join area a on a.area = d.area
join period p on p.period = d.period
join source s on s.source = d.source
join source r on r.source = d.other_source
cross join lateral (select d.observation in (select observation from veiled) or d.other in (select observation from veiled) as hidden) h
left join explained e on e.id = d.explanation
where d.gap > 0
order by m.id, a.code, a.valid_from, p.name, d.territory, s.id, r.id;

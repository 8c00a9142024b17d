-- cell: one row is one value cell as read, with its number cast and its fate
-- ('' = accepted, otherwise the code of the refusal), as far as the cell
-- itself and those of its own area and period decide it. slot is one number
-- for series, territory, measure, area and period, null where one of them
-- was not understood.
-- Key: cell. Inputs: stage_cell, delivery, source, rule, allowed, decided,
-- measure, trait.
-- Each check sees only what the checks before it left; those that look along
-- time and over areas come after (added, jumping, falling).
create or replace table cell as
with
origin as (
  select d.delivery, s.source, s.series, s.territory, dense_rank() over (order by s.series, s.territory) as line
  from delivery d
  join source s using (source)
),
written as (
  select c.*, o.source, o.series, o.territory, o.line, try_cast(nullif(c.number, '') as double) as value
  from stage_cell c
  join origin o using (delivery)
)
select w.cell, w.delivery, w.source, w.series, w.territory, w.place, w.row, w.area, w.period, w.measure, w.trait,
  coalesce(nullif(w.raw, ''), w.number) as raw, w.value,
  case
    when w.refusal <> '' then w.refusal
    when w.value is null and w.number <> '' then 'not_a_number'
    when x.verdict = 'refuse' then 'refused_by_decision'
    when r.percent and (w.value < 0 or w.value > 100) then 'out_of_range'
    when w.value < 0 then 'negative_count'
    when r.protected and w.value <> trunc(w.value) then 'fraction_of_count'
    when w.value < r.least or w.value > r.most or r.listed and w.value is not null and a.value is null then 'outside_contract'
    else ''
  end as refusal,
  w.line * 281474976710656 + w.measure * 68719476736 + w.area * 65536 + w.period as slot
from written w
left join rule r on r.source = w.source and r.measure = w.measure
left join allowed a on a.source = w.source and a.measure = w.measure and a.value = w.value
left join decided x using (cell);

-- The same key twice in one delivery: identical rows count once, rows that
-- differ all wait, since nobody here can know which is right.
update cell set refusal = d.code
from (
  with
  twice as (
    select slot from cell where refusal = '' group by slot having count(*) > 1
  ),
  told as (
    select c.cell, c.slot, coalesce(c.value, -1) as value, t.obs_status, t.qualifier
    from cell c
    join twice using (slot)
    join trait t using (trait)
    where c.refusal = ''
  ),
  judged as (
    select cell,
      min(value) over one <> max(value) over one or min(obs_status) over one <> max(obs_status) over one or min(qualifier) over one <> max(qualifier) over one as differ,
      min(cell) over one < cell as again
    from told
    window one as (partition by slot)
  )
  select cell, case when differ then 'duplicate_conflict' else 'duplicate_same' end as code
  from judged
  where differ or again
) d
where d.cell = cell.cell;

-- A part is judged by what rounding allows: its least against the whole's most.
update cell set refusal = 'part_exceeds_whole'
from (
  select p.cell
  from (
    select c.cell, c.value, c.trait, c.slot + (m.total - m.measure) * 68719476736 as whole
    from cell c
    join measure m using (measure)
    where c.refusal = '' and m.total is not null
  ) p
  join cell w on w.slot = p.whole and w.refusal = '' and p.value > w.value
  join trait t on t.trait = p.trait
  join trait u on u.trait = w.trait
  where u.qualifier not in ('more_than', 'about')
    and t.qualifier not in ('less_than', 'about', 'almost')
    and p.value - coalesce(t.rounded_to, 0) / 2 > w.value + coalesce(u.rounded_to, 0) / 2
) t
where t.cell = cell.cell;

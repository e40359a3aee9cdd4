-- Keeps how far the ledger has been added up; whoever is further wins. In: @up_to, @sums.
INSERT INTO ledger_checkpoint (id, up_to, sums) VALUES (1, @up_to, @sums)
ON CONFLICT (id) DO UPDATE SET up_to = excluded.up_to, sums = excluded.sums WHERE ledger_checkpoint.up_to < excluded.up_to;

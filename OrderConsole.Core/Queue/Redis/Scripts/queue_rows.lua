-- add_row(rows, state, entry, score)  what an operator sees of one entry, eight parts: entry as text, state, score, attempts,
-- claim, end of lease, what is known of its death, moment of death; '' where there is nothing.
local function add_row(rows, state, entry, score)
  local parts = {
    state == 'dead' and entry or printable(entry), -- a dead letter's name is printable already
    state,
    score,
    redis.call('HGET', ATTEMPTS, entry) or '',
    redis.call('HGET', CLAIMS, entry) or '',
    redis.call('ZSCORE', CLAIMED, entry) or '',
    state == 'dead' and redis.call('HGET', DEADINFO, entry) or '',
    state == 'dead' and redis.call('ZSCORE', DEAD, entry) or '',
  }
  for i = 1, 8 do rows[#rows + 1] = parts[i] end
end

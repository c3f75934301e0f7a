-- nvim --headless --clean -l neovim.lua SETTINGS REPORT
-- Opens the report with the settings that the documentation shows, and tells step by step what it sees, one JSON object
-- a line. With WITHOUT=code it only waits until no finding of that code is left.
local settings, report = arg[1], arg[2]

local function tell(step, what)
  io.stdout:write(vim.json.encode({ step = step, what = what }), "\n")
end

local function wait(step, condition)
  if not vim.wait(20000, condition, 20) then
    tell("timeout", step)
    vim.cmd("cquit 1")
  end
end

vim.cmd.filetype("on")
dofile(settings)
vim.cmd.edit(vim.fn.fnameescape(report))
local buffer = vim.api.nvim_get_current_buf()

local function found(code)
  return vim.tbl_filter(function(diagnostic) return diagnostic.code == code end, vim.diagnostic.get(buffer))
end

wait("diagnostics", function() return #vim.diagnostic.get(buffer) > 0 end)
local without = os.getenv("WITHOUT")
if without then
  wait("without", function() return #vim.diagnostic.get(buffer) > 0 and #found(without) == 0 end)
end
tell("diagnostics", vim.tbl_map(function(diagnostic) return diagnostic.code end, vim.diagnostic.get(buffer)))
local client = vim.lsp.get_clients({ bufnr = buffer })[1]

local function leave()
  client:stop()
  wait("stop", function() return vim.lsp.get_client_by_id(client.id) == nil end)
  tell("stopped", true)
  vim.cmd("qall!")
end

if without then
  leave()
end

local function cursor_to(code)
  local diagnostic = found(code)[1]
  vim.api.nvim_win_set_cursor(0, { diagnostic.lnum + 1, diagnostic.col })
end

local function act(step, code, wanted)
  cursor_to(code)
  local before = #found(code)
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action) return action.title:find(wanted) ~= nil end,
  })
  wait(step, function() return #found(code) < before end)
  tell(step, #found(code))
end

tell("encoding", client.offset_encoding)
cursor_to("figure.too-few")
vim.lsp.buf.hover()
local shown
wait("hover", function()
  shown = vim.tbl_filter(function(window) return vim.w[window]["textDocument/hover"] end, vim.api.nvim_list_wins())[1]
  return shown ~= nil
end)
tell("hover", table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(shown), 0, -1, true), "\n"))
vim.api.nvim_win_close(shown, true)

act("insert figure", "figure.too-few", "^Insert figure figures/bucket%.png")
act("fix", "answer.placeholder-left", "placeholder")
act("fix beyond ASCII", "figure.wrong-case", "^Write figures/Loss%-curve")
act("copy", "figure.outside-folder", "^Copy it to figures/bridge%.png")
vim.cmd.InvigilatorFixAll()
wait("fix all", function() return #found("figure.wrong-case") == 0 end)
tell("fix all", #found("figure.wrong-case"))

vim.cmd.write()
leave()

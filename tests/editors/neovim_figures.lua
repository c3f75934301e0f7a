-- nvim --headless --clean -l neovim_figures.lua SETTINGS REPORT
-- Looks a figure up and gives it another name, with Neovim's own keys, and tells step by step what it sees, one JSON
-- object a line.
local settings, report = arg[1], arg[2]

local function tell(step, what)
  io.stdout:write(vim.json.encode({ step = step, what = what }), "\n")
end

local said = {}
vim.notify = function(message) table.insert(said, message) end

local function wait(step, condition)
  if not vim.wait(20000, condition, 20) then
    tell("timeout", { step, said })
    vim.cmd("cquit 1")
  end
end

vim.cmd.filetype("on")
dofile(settings)
vim.cmd.edit(vim.fn.fnameescape(report))
local buffer = vim.api.nvim_get_current_buf()
wait("diagnostics", function() return #vim.diagnostic.get(buffer) > 0 end)

local function cursor_to(text)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, true)) do
    local column = line:find(text, 1, true)
    if column then
      vim.api.nvim_win_set_cursor(0, { number, column - 1 })
      return
    end
  end
  tell("timeout", "no line has " .. text)
  vim.cmd("cquit 1")
end

local function is_written(text)
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, true), "\n"):find(text, 1, true) ~= nil
end

-- What `grr` and `gd` show, less the windows.
local listed
local function on_list(list)
  listed = vim.tbl_map(function(item) return { vim.fs.basename(item.filename), item.lnum, item.col } end, list.items)
end
cursor_to("figures/loss-curve.png")
vim.lsp.buf.definition({ on_list = on_list })
wait("definition", function() return listed end)
tell("definition", listed)
listed = nil
vim.lsp.buf.references({ includeDeclaration = false }, { on_list = on_list })
wait("references", function() return listed end)
tell("references", #listed)

-- `grn`: the name that is offered, and another one typed.
local function rename(typed)
  local offered
  vim.ui.input = function(options, confirm)
    offered = options.default
    confirm(typed)
  end
  vim.lsp.buf.rename()
  wait("offered", function() return offered end)
  return offered
end

tell("offered", rename("loss.gif"))
wait("refused", function() return #said > 0 end)
tell("refused", said[1])
rename("run 31/loss of training")
wait("renamed", function() return is_written("figures/run%2031/loss%20of%20training.png") end)

said = {}
cursor_to("### Question 3")
vim.lsp.buf.rename("x.png")
wait("no figure", function() return #said > 0 end)
tell("no figure", said[1])

wait("no finding", function()
  return #vim.tbl_filter(function(diagnostic)
    return diagnostic.message:find("loss of training", 1, true) ~= nil
  end, vim.diagnostic.get(buffer)) == 0
end)
vim.cmd.write()
local client = vim.lsp.get_clients({ bufnr = buffer })[1]
client:stop()
wait("stop", function() return vim.lsp.get_client_by_id(client.id) == nil end)
vim.cmd("qall!")

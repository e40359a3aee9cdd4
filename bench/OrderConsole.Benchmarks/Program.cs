using System.CommandLine;
using OrderConsole.Benchmarks;

// Every figure in docs/benchmarks.md comes from one of these commands. All servers are private ones on this machine.
var orders = new Option<int>("--orders") { DefaultValueFactory = _ => 100_000, Description = "Overdue orders a round" };
var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 3, Description = "Rounds; the median counts" };
var drain = new Command("drain", "Drains a backlog: the product on SQLite and on PostgreSQL + Redis, against the textbook's way on the same servers") { orders, rounds };
drain.SetAction(args => Drain.RunAsync(args.GetValue(orders), args.GetValue(rounds)));

var steps = new Command("steps", "What each step costs for a batch of 500") { orders };
steps.SetAction(args => Steps.RunAsync(args.GetValue(orders)));

var rate = new Option<int>("--rate") { DefaultValueFactory = _ => 200, Description = "Orders that fall due each second" };
var seconds = new Option<int>("--seconds") { DefaultValueFactory = _ => 30, Description = "How long" };
var lateness = new Command("lateness", "From due to committed, at a steady rate") { rate, seconds };
lateness.SetAction(args => Lateness.RunAsync(args.GetValue(rate), args.GetValue(seconds)));

var entries = new Option<int>("--entries") { DefaultValueFactory = _ => 1_000_000, Description = "Entries of which none is due" };
var idle = new Command("idle", "What a console costs while a long queue waits") { entries, seconds };
idle.SetAction(args => Idle.RunAsync(args.GetValue(entries), args.GetValue(seconds)));

var questions = new Command("pages", "How long the pages' questions take with a million orders and a million entries in the queue") { entries };
questions.SetAction(args => Pages.RunAsync(args.GetValue(entries)));

var comparison = new Command("comparison", "Queue against database, and one order explained, with a million orders that all wait") { entries };
comparison.SetAction(args => Comparison.RunAsync(args.GetValue(entries)));

var diagnosis = new Command("diagnosis", "What a diagnosis costs with a million orders and a million entries in the queue") { entries };
diagnosis.SetAction(args => DiagnosisCost.RunAsync(args.GetValue(entries)));

var startup = new Command("startup", "From 'dotnet run' to the first page, after a build");
startup.SetAction(_ => Startup.RunAsync());

var job = new Option<int>("--orders") { DefaultValueFactory = _ => 20_000, Description = "Orders placed over HTTP; a tenth of that comes by ZADD besides" };
var console = new Option<string?>("--console") { Description = "OrderConsole.dll of a published console; without it the one that was built" };
var mainJob = new Command("main-job", "Two consoles on PostgreSQL + Redis under load, one of them killed every five seconds; then everything is checked") { job, console };
mainJob.SetAction(args => MainJob.RunAsync(args.GetValue(job), args.GetValue(console)));

var pages = new Option<int>("--pages") { DefaultValueFactory = _ => 50, Description = "Open pages" };
var transitions = new Option<int>("--rate") { DefaultValueFactory = _ => 500, Description = "Orders that are cancelled each second" };
var path = new Option<string>("--path") { DefaultValueFactory = _ => "/", Description = "The page" };
var dashboards = new Command("dashboards", "What open pages cost while orders change") { pages, transitions, seconds, path };
dashboards.SetAction(args => Dashboards.RunAsync(args.GetValue(pages), args.GetValue(transitions), args.GetValue(seconds), args.GetValue(path)!));

return await new RootCommand("Figures of OrderConsole") { drain, steps, lateness, idle, questions, comparison, diagnosis, startup, mainJob, dashboards }.Parse(args).InvokeAsync();

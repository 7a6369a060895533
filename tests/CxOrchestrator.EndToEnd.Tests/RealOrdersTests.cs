using CxOrchestrator.EndToEnd.Tests.Orders;
using CxOrchestrator.EndToEnd.Tests.Running;
using CxOrchestrator.MailServers;
using Xunit.Abstractions;

namespace CxOrchestrator.EndToEnd.Tests;

/// <summary>
/// The product's main job on real parts: the real orders, a real Postfix and Dovecot, the executable as its own process, answers over HTTP.
/// </summary>
public sealed class RealOrdersTests(ITestOutputHelper output)
{
    private const int Kills = 20;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(6);

    [SkippableFact]
    public async Task Delivered_orders_become_mails_answers_cases_and_write_backs_and_the_books_balance()
    {
        MailRig.Require();
        await using var run = await OrderJourneyRun.PrepareAsync();
        await run.Shop.StartAsync();
        var sent = await run.Shop.UntilAsync(books => books.DeliveryRows > 0 && books.In("accepted") == books.DeliveryRows && books.Quiet, Limit);
        var (messages, ledger) = await run.ReadMailAsync();

        // Every event has come to one decision: the orders, and what the product tells itself of its mails.
        Assert.Equal(sent.Events, sent.Decisions.Values.Sum());
        Assert.Equal(sent.Decisions["enrolled"] + sent.Decisions.GetValueOrDefault("reentryRefused"), run.Orders.Delivered.Count);
        var faults = messages.SelectMany(message => Fault(message, ledger)).Take(10).ToList();
        Assert.Empty(faults);

        await run.AnswerAsync();
        var books = await EndAsync(run);
        await CheckAnswersAsync(run, ledger);
        await CheckMailAsync(run);
        Report(run, books);
    }

    [SkippableFact]
    public async Task Killed_twenty_times_it_loses_nothing_and_sends_nothing_twice()
    {
        MailRig.Require();
        await using var run = await OrderJourneyRun.PrepareAsync();
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var answering = Task.CompletedTask;
        for (var kill = 0; kill < Kills; kill++)
        {
            await run.Shop.StartAsync();
            // From the twelfth life on, customers answer while it dies; they try again, as people do.
            if (kill == 12)
                answering = run.AnswerAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(200, 4_500)));
            await run.Shop.KillAsync();
        }

        await run.Shop.StartAsync();
        await answering;
        await run.Shop.UntilAsync(books => books.DeliveryRows > 0 && books.Quiet, Limit);
        await run.AnswerAsync();
        var books = await EndAsync(run);
        var ledger = (await Ledger.ReadAsync(run.Shop.Folder)).Rows;
        await CheckAnswersAsync(run, ledger);
        await CheckMailAsync(run);
        // Hand-overs are committed in groups of Sending:Concurrency, 8 by default.
        Assert.InRange(books.In("unknown"), 0, Kills * 8);
        Report(run, books);
    }

    [SkippableFact]
    public async Task A_mail_server_that_is_down_for_the_first_half_delays_everything_and_loses_nothing()
    {
        MailRig.Require();
        await using var run = await OrderJourneyRun.PrepareAsync();
        await run.Mail.Postfix.StopAsync();
        await run.Shop.StartAsync();
        var down = await run.Shop.UntilAsync(books => books.DeliveryRows > 1_000 && books.In("planned") + books.In("deferred") == books.DeliveryRows, Limit);
        Assert.True(down.In("deferred") > 0, "nothing was deferred");
        Assert.Equal(0, down.In("accepted") + down.In("rejected") + down.In("unknown") + down.In("expired") + down.In("suppressed"));

        await run.Mail.Postfix.StartAsync();
        var books = await run.Shop.UntilAsync(books => books.Quiet && books.In("accepted") == books.DeliveryRows, Limit);
        Assert.True(books.DeliveryRows >= down.DeliveryRows, "rows were lost");
        await CheckMailAsync(run);
        Report(run, books);
    }

    private static async Task<BooksReading> EndAsync(OrderJourneyRun run)
    {
        // Answers are acted on at once (case, thanks), so quiet is the end, but for the waits of those who never answer.
        var books = await run.Shop.UntilAsync(books => books.Quiet && books.Responses == run.Given.Count, Limit);
        Assert.Equal(books.DeliveryRows, books.In("accepted") + books.In("rejected") + books.In("unknown") + books.In("suppressed") + books.In("expired"));
        Assert.Equal(run.Given.Values.Count(answer => answer.Score <= 6), books.Cases.GetValueOrDefault("open"));
        Assert.Equal(0, books.WriteBacks.GetValueOrDefault("dead"));
        return books;
    }

    // What the customer must see, as an independent parser reads it.
    private static IEnumerable<string> Fault(ReadMessage message, IReadOnlyDictionary<string, LedgerRow> ledger)
    {
        if (!ledger.TryGetValue(OrderJourneyRun.KeyOf(message), out var row))
        {
            yield return $"{message.MessageId} is in no ledger row";
            yield break;
        }

        var name = People.Name(row.Person);
        if (message.Defects.Count > 0)
            yield return $"{row.Key}: {string.Join(", ", message.Defects)}";
        if (message.To.Address != People.Email(row.Person) || message.To.Name != name)
            yield return $"{row.Key}: To is {message.To.Name} <{message.To.Address}> instead of {name}";
        if (message.From.Address != "hello@example.test" || message.From.Name != "Loja São João")
            yield return $"{row.Key}: From is {message.From.Name} <{message.From.Address}>";
        if (message.ReturnPath != $"bounce+{row.Key}@example.test")
            yield return $"{row.Key}: the envelope sender is {message.ReturnPath}";
        if (message.Subject.Length == 0 || message.Subject.Contains("=?", StringComparison.Ordinal) || message.Subject.Contains('�'))
            yield return $"{row.Key}: the subject is \"{message.Subject}\"";
        if (message.Text is null || message.Html is null || !message.Html.Contains(System.Net.WebUtility.HtmlEncode(name.Split(' ')[0]), StringComparison.Ordinal)
            && !message.Html.Contains(name.Split(' ')[0], StringComparison.Ordinal))
            yield return $"{row.Key}: the HTML part doesn't greet {name}";
        var link = OrderJourneyRun.LinkIn(message.Text);
        if (row.Message.StartsWith("nps", StringComparison.Ordinal) && (link is null || link != OrderJourneyRun.LinkIn(message.Html)))
            yield return $"{row.Key}: the survey link is {link} in text and {OrderJourneyRun.LinkIn(message.Html)} in HTML";
    }

    // At most once to the customer, never silently lost. Customers' time goes on, and their reminders with it: what the ledger had before the mail was read must
    // be in it, and what was in it must be in the ledger afterwards.
    private static async Task CheckMailAsync(OrderJourneyRun run)
    {
        var before = (await Ledger.ReadAsync(run.Shop.Folder)).Rows;
        var messages = await run.Mail.ReadAsync();
        var after = (await Ledger.ReadAsync(run.Shop.Folder)).Rows;
        var copies = messages.GroupBy(OrderJourneyRun.KeyOf).ToDictionary(group => group.Key, group => group.Count());
        Assert.Empty(copies.Where(pair => pair.Value > 1).Select(pair => $"{pair.Key} arrived {pair.Value} times"));
        Assert.Empty(before.Values.Where(row => row.Accepted && !copies.ContainsKey(row.Key)).Select(row => $"{row.Key} was accepted and did not arrive"));
        Assert.Empty(copies.Keys.Where(key => !(after.GetValueOrDefault(key) is { } row && (row.Accepted || row.Unknown || row.HandedOver)))
            .Select(key => $"{key} arrived, and the ledger says otherwise"));
    }

    private static async Task CheckAnswersAsync(OrderJourneyRun run, IReadOnlyDictionary<string, LedgerRow> ledger)
    {
        var customers = ledger.Values.DistinctBy(row => row.Person).ToDictionary(row => row.Person, row => row.Customer);
        var crm = await run.CrmAsync();
        var faults = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Parallel.ForEachAsync(run.Given, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (answer, _) =>
        {
            var (person, (score, comment)) = answer;
            var entries = await run.TimelineAsync(customers[person]);
            var responses = entries.Where(entry => entry.GetProperty("kind").GetString() == "response").ToList();
            if (responses.Count != 1 || responses[0].GetProperty("score").GetInt32() != score)
                faults.Add($"{person}: {responses.Count} responses on the timeline instead of one with {score}");
            else if (!Folded(responses[0].GetProperty("detail").GetString()!).Contains(Folded(comment), StringComparison.Ordinal))
                faults.Add($"{person}: the comment is {responses[0].GetProperty("detail")}");
            if (entries.Count(entry => entry.GetProperty("kind").GetString() == "case") != (score <= 6 ? 1 : 0))
                faults.Add($"{person}: wrong number of cases on the timeline for a score of {score}");
            var written = crm[customers[person]].Where(line => line.GetProperty("kind").GetString() == "answer").ToList();
            if (written.Count != 1 || written[0].GetProperty("values").GetProperty("score").GetInt32() != score)
                faults.Add($"{person}: {written.Count} answers in the CRM instead of one with {score}");
        });
        Assert.Empty(faults.Take(10));
    }

    // Line breaks go through a form as CR LF, and blanks at the ends are cut.
    private static string Folded(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private void Report(OrderJourneyRun run, BooksReading books) => output.WriteLine(
        $"{run.Orders.Delivered.Count} orders, {books.EnrolmentsByEvent} enrolments, {books.DeliveryRows} deliveries ({books.In("accepted")} accepted, {books.In("unknown")} unknown), "
        + $"{books.Responses} answers, {books.Cases.Values.Sum()} cases, {books.WriteBacks.GetValueOrDefault("written")} write-backs");
}

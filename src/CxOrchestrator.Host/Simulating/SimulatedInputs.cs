using System.Globalization;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Core.Simulating;
using CxOrchestrator.Engine.Import;
using CxOrchestrator.Engine.Simulating;
using CxOrchestrator.Host.CommandLine;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Host.Content;

namespace CxOrchestrator.Host.Simulating;

/// <summary>Reads what a simulation stands on: whom it is about, how they answer, what happens.</summary>
internal sealed class SimulatedInputs(IServiceProvider services, SimulationOrder order)
{
    private const int Page = 5_000;

    // What was sent later than this before now has had no time to be answered.
    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromDays(7);
    private static readonly TimeSpan History = TimeSpan.FromDays(365);

    /// <summary>Whom it is about; null for everybody. The same for the same seed.</summary>
    /// <exception cref="UserException">Nobody is meant, or nobody knows who.</exception>
    public async Task<IReadOnlyCollection<Guid>?> CustomersAsync(CancellationToken cancellation)
    {
        var store = services.GetRequiredService<ICustomerStore>();
        if (string.Equals(order.Customers, "all", StringComparison.OrdinalIgnoreCase))
            return null;
        if (!int.TryParse(order.Customers, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || order.Customers.Length > 7)
            return [(await CustomerLookup.FindAsync(store, order.Customers, cancellation)).Id];
        if (number == 0)
            throw new UserException("--customers 0: write all, a number above 0, or a customer.");
        // Those with the lowest lots; the one with the highest of them is the first to go.
        var chosen = new PriorityQueue<Guid, (long Lot, Guid Id)>(Comparer<(long Lot, Guid Id)>.Create((one, other) => other.CompareTo(one)));
        for (Guid? after = null; ;)
        {
            var page = await store.PageAsync(after, Page, CustomerParts.Row, cancellation);
            foreach (var customer in page)
            {
                chosen.Enqueue(customer.Id, (Lot(customer.Id), customer.Id));
                if (chosen.Count > number)
                    chosen.Dequeue();
            }

            if (page.Count < Page)
                return [.. chosen.UnorderedItems.Select(item => item.Element)];
            after = page[^1].Id;
        }
    }

    /// <summary>How customers answer, and what that stands on.</summary>
    /// <exception cref="UserException">A rate can't be read.</exception>
    public async Task<(AnswerRates Rates, string Source)> RatesAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var (rates, source) = order.Answers.ToLowerInvariant() switch
        {
            "none" => (AnswerRates.Nobody, "nobody answers"),
            "history" => (AnswerRates.Of(await services.GetRequiredService<IAnswerHistory>().ReadAsync(now - History, now - TimeToAnswer, cancellation)), "the last year's answers"),
            _ => (FromFile(order.Answers), order.Answers),
        };
        return (rates.With(new AnswerRates(Given(rates), rates.Withdraws)), source);
    }

    /// <summary>The events of a file, or null where none is named.</summary>
    /// <exception cref="UserException">It can't be read; all faults are told.</exception>
    public async Task<IReadOnlyList<IncomingEvent>?> GivenEventsAsync(CancellationToken cancellation)
    {
        if (order.Events.ToLowerInvariant() is "replay" or "none")
            return null;
        if (Path.GetExtension(order.Events).ToLowerInvariant() is not (".ndjson" or ".jsonl" or ".json"))
            throw new UserException($"--events {order.Events}: write replay, none, or a file of NDJSON (NAME.ndjson) with one CloudEvent a line");
        if (!File.Exists(order.Events))
            throw new UserException($"--events {order.Events}: there is no file {Path.GetFullPath(order.Events)}");
        var kept = new KeptEvents();
        var import = new EventFileImport(kept, services.GetRequiredService<CoreSettings>());
        var report = await import.RunAsync(new EventImportOptions { File = order.Events, Source = "simulated" }, cancellation);
        if (report.Faults.Count > 0 || report.Refused > 0)
        {
            var lines = report.Refusals.Select(row => string.Create(CultureInfo.InvariantCulture, $"{order.Events}, line {row.Line}: {row.Reason}"));
            throw new UserException(string.Join(Environment.NewLine, report.Faults.Concat(lines)));
        }

        return kept.All;
    }

    private Dictionary<string, SurveyRates> Given(AnswerRates before)
    {
        var given = new Dictionary<string, SurveyRates>(StringComparer.Ordinal);
        foreach (var text in order.Rates)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || AnswerRatesFile.Share(text[(at + 1)..].Trim()) is not { } share)
                throw new UserException($"--rate {text}: write SURVEY=SHARE, such as --rate nps=30%");
            var survey = text[..at].Trim();
            given[survey] = (before.Surveys.GetValueOrDefault(survey) ?? new SurveyRates(share, new Dictionary<int, double>(), SurveyRates.UsualAfter)) with { Answered = share };
        }

        return given;
    }

    private static AnswerRates FromFile(string file)
    {
        if (!File.Exists(file))
            throw new UserException($"--answers {file}: write history, none, or a file of rates; there is no file {Path.GetFullPath(file)}");
        var (rates, faults) = AnswerRatesFile.Read(ContentFiles.ReadText(file), Path.GetFileName(file));
        return rates ?? throw new UserException(string.Join(Environment.NewLine, faults));
    }

    private long Lot(Guid customer) => Core.Experiments.SplitBuckets.Of(customer, "simulate", order.Seed.ToString(CultureInfo.InvariantCulture));
}

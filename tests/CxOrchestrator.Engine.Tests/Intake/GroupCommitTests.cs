using System.Threading.Channels;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Engine.Intake;

namespace CxOrchestrator.Engine.Tests.Intake;

public sealed class GroupCommitTests
{
    private static readonly CancellationToken Go = CancellationToken.None;

    [Fact]
    public async Task What_comes_while_a_group_is_committed_is_committed_together_and_each_is_told_its_own()
    {
        var store = new SlowStore();
        var groups = Groups(store, writers: 1);
        var first = groups.AppendAsync([Event("a")], Go);
        await store.BegunAsync(1);
        var others = new[] { groups.AppendAsync([Event("b"), Event("a")], Go), groups.AppendAsync([Event("c")], Go), groups.AppendAsync([Event("b")], Go) };

        store.Commit();
        Assert.Equal([true], await first);
        await store.BegunAsync(2);
        Assert.All(others, one => Assert.False(one.IsCompleted));
        store.Commit();

        Assert.Equal([[true, false], [true], [false]], await Task.WhenAll(others));
        Assert.Equal([1, 4], store.Groups);
    }

    [Fact]
    public async Task No_more_groups_are_committed_at_once_than_there_are_writers()
    {
        var store = new SlowStore();
        var groups = Groups(store, writers: 2);
        var calls = Enumerable.Range(0, 20).Select(number => groups.AppendAsync([Event($"{number}")], Go)).ToList();
        while (!calls.TrueForAll(call => call.IsCompleted))
        {
            store.Commit();
            await Task.Delay(1);
        }

        Assert.Equal(20, store.Groups.Sum());
        Assert.True(store.MostAtOnce <= 2);
    }

    [Fact]
    public async Task A_group_has_an_end_and_a_call_that_is_larger_goes_alone()
    {
        var store = new SlowStore();
        var groups = Groups(store, writers: 1);
        var first = groups.AppendAsync([Event("a")], Go);
        await store.BegunAsync(1);
        var rest = new List<Task>
        {
            groups.AppendAsync([.. Enumerable.Range(0, 6).Select(number => Event($"b{number}"))], Go), groups.AppendAsync([Event("c")], Go),
            groups.AppendAsync([Event("d")], Go), groups.AppendAsync([.. Enumerable.Range(0, 30).Select(number => Event($"e{number}"))], Go), groups.AppendAsync([Event("f")], Go),
        };

        for (var group = 1; group <= 4; group++)
        {
            await store.BegunAsync(group);
            store.Commit();
        }

        await Task.WhenAll([first, .. rest]);
        Assert.Equal([1, 8, 30, 1], store.Groups);
    }

    [Fact]
    public async Task A_call_that_can_not_be_stored_fails_alone()
    {
        var store = new SlowStore { Fault = one => one.SourceId == "poison" ? new StoreIsAway { MayPass = false } : null };
        var groups = Groups(store, writers: 1);
        var first = groups.AppendAsync([Event("a")], Go);
        await store.BegunAsync(1);
        var (good, poison, better) = (groups.AppendAsync([Event("b")], Go), groups.AppendAsync([Event("c"), Event("poison")], Go), groups.AppendAsync([Event("d")], Go));
        for (var group = 1; group <= 5; group++)
        {
            await store.BegunAsync(group);
            store.Commit();
        }

        Assert.Equal([[true], [true], [true]], await Task.WhenAll(first, good, better));
        await Assert.ThrowsAsync<StoreIsAway>(() => poison);
        Assert.Equal(["a", "b", "d"], store.Names);
    }

    [Fact]
    public async Task Where_the_store_is_out_of_order_all_who_wait_are_told_and_the_next_tries_again()
    {
        var store = new SlowStore { Fault = _ => new StoreIsAway() };
        var groups = Groups(store, writers: 1);
        var first = groups.AppendAsync([Event("a")], Go);
        await store.BegunAsync(1);
        var others = Enumerable.Range(0, 50).Select(number => groups.AppendAsync([Event($"{number}")], Go)).ToList();

        store.Commit();

        foreach (var call in others.Append(first))
            await Assert.ThrowsAsync<StoreIsAway>(() => call);
        Assert.Equal([1], store.Groups);
        store.Fault = _ => null;
        var next = groups.AppendAsync([Event("a")], Go);
        await store.BegunAsync(2);
        store.Commit();
        Assert.Equal([true], await next);
    }

    [Fact]
    public async Task Whoever_has_given_up_before_the_writer_came_is_not_stored()
    {
        var store = new SlowStore();
        var groups = Groups(store, writers: 1);
        var first = groups.AppendAsync([Event("a")], Go);
        await store.BegunAsync(1);
        using var patience = new CancellationTokenSource();
        var impatient = groups.AppendAsync([Event("b")], patience.Token);
        var patient = groups.AppendAsync([Event("c")], patience.Token);
        await patience.CancelAsync();

        store.Commit();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => patient);
        Assert.Equal([true], await first);
        Assert.Equal(["a"], store.Names);
    }

    private static GroupCommit Groups(IEventStore store, int writers) => new(store, new EngineOptions { IntakeWriters = writers, IntakeGroup = 10 });

    private static CustomerEvent Event(string id) => new()
    {
        Id = Ids.New(DateTimeOffset.UnixEpoch), Source = "shop", SourceId = id, Type = "ping", Subject = "anna", Time = default, ReceivedAt = default,
    };

    private sealed class StoreIsAway() : StoreFaultException("away", null);

    /// <summary>A store whose commits the test lets happen, one by one.</summary>
    private sealed class SlowStore : IEventStore
    {
        private readonly Channel<bool> _commits = Channel.CreateUnbounded<bool>();
        private readonly Lock _gate = new();
        private readonly HashSet<string> _names = [];
        private int _atOnce;

        public List<int> Groups { get; } = [];

        public int MostAtOnce { get; private set; }

        public Func<CustomerEvent, Exception?> Fault { get; set; } = _ => null;

        public IReadOnlyList<string> Names => [.. _names.Order()];

        public void Commit() => _commits.Writer.TryWrite(true);

        public async Task BegunAsync(int groups)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (Count() < groups)
                await Task.Delay(1, limit.Token);
        }

        public async Task<IReadOnlyList<bool>> AppendAsync(IReadOnlyList<CustomerEvent> events, CancellationToken cancellation)
        {
            lock (_gate)
            {
                Groups.Add(events.Count);
                MostAtOnce = Math.Max(MostAtOnce, ++_atOnce);
            }

            await _commits.Reader.ReadAsync(cancellation);
            lock (_gate)
            {
                _atOnce--;
                if (events.Select(Fault).FirstOrDefault(fault => fault is not null) is { } fault)
                    throw fault;
                return [.. events.Select(one => _names.Add(one.SourceId))];
            }
        }

        public Task<IReadOnlyList<CustomerEvent>> ClaimAsync(Lease lease, int limit, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<CustomerEvent?> FindAsync(Guid customerId, string type, Guid? deliveryId, DateTimeOffset? since, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<(long Stored, long Unprocessed)> CountAsync(CancellationToken cancellation) => throw new NotSupportedException();

        private int Count()
        {
            lock (_gate)
                return Groups.Count;
        }
    }
}

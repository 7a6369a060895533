using System.Diagnostics;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>
/// Messages whose hand-over was committed together. Each is called at once and its outcome stored as it comes; a call that did not come through waits
/// with its outcome for the others, so that a dead connection is known as one before a place is free for the next.
/// </summary>
internal sealed class SendGroup(HandOvers with, SendLevel level, List<ReadyDelivery> group, OutcomeStore outcomes)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SendAnswer?[] _answers = new SendAnswer?[group.Count];
    private readonly long _begun = with.Machine.GetTimestamp();
    private int _left = group.Count;

    /// <summary>Begins all calls.</summary>
    public void Begin()
    {
        for (var place = 0; place < group.Count; place++)
            _ = CallAsync(place);
    }

    private async Task CallAsync(int place)
    {
        var since = Stopwatch.GetTimestamp();
        var answer = await with.Call.CallAsync(group[place]);
        _answers[place] = answer;
        if (CameThrough(answer))
            with.Pace.Worked(group[place].Go.Connection);
        if (Interlocked.Decrement(ref _left) == 0)
            End();
        if (!CameThrough(answer))
            await _ended.Task;
        DispatchMeter.Took("send (each)", since);
        outcomes.Add(group[place], answer, with.Machine.GetElapsedTime(_begun));
    }

    private void End()
    {
        try
        {
            foreach (var connection in group.Zip(_answers).GroupBy(pair => pair.First.Go.Connection, pair => pair.Second!))
            {
                if (!connection.Any(CameThrough))
                    with.Pace.Failed(connection.Key, connection.Where(answer => !answer.Called).Max(answer => (answer.Result as SendDeferred)?.RetryAfter));
            }

            var through = _answers.Count(answer => CameThrough(answer!));
            if (through > 0)
                level.Worked(through, with.Machine.GetElapsedTime(_begun));
            else
                level.Failed();
        }
        finally
        {
            _ended.SetResult();
        }
    }

    private static bool CameThrough(SendAnswer answer) => answer.Result is SendAccepted or SendRejected;
}

using CxOrchestrator.Plugins.EmailGraph.Wire;
using CxOrchestrator.Sdk.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Graph;
using Microsoft.Graph.Models;

namespace CxOrchestrator.Plugins.EmailGraph.Subscriptions;

/// <summary>
/// Sees at each poll that there is a subscription, and renews it at half its life. It only makes the polls come sooner: where there is none, or it fails, all
/// comes with the next poll.
/// </summary>
internal sealed class SubscriptionCare(GraphServiceClient graph, GraphSettings settings, Uri? webhookUrl, TimeProvider clock, ILogger log)
{
    // Under the 4,230 minutes of Microsoft's older documentation of messages; the newer one allows 10,080.
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(4200);
    private static readonly TimeSpan TryAgain = TimeSpan.FromMinutes(10);

    private string? _id;
    private long _due = DateTimeOffset.MinValue.UtcTicks;
    private int _underWay;

    private string Resource => $"users/{settings.Mailbox}/mailFolders('{settings.Folder}')/messages";

    /// <summary>Makes or renews the subscription where it is time to. Fails never; ends with the caller's cancellation.</summary>
    public async Task CareAsync(CancellationToken cancellation)
    {
        if (webhookUrl is null || settings.ClientState is null or { IsEmpty: true } || Interlocked.Exchange(ref _underWay, 1) == 1)
            return;
        try
        {
            if (clock.GetUtcNow().UtcTicks < Interlocked.Read(ref _due))
                return;
            // Put off first, so that a notice that comes meanwhile makes it due again.
            var putOff = In(TryAgain);
            Interlocked.Exchange(ref _due, putOff);
            _id = await RenewedAsync(cancellation) ?? await MadeAsync(cancellation);
            Interlocked.CompareExchange(ref _due, In(Life / 2), putOff);
        }
        catch (Exception failure) when (failure is ServiceException or GraphRefusal or TooLongException)
        {
            log.LogWarning("There is no subscription to the mailbox for now, and it is read at the usual times: {Reason}", failure.Message);
        }
        finally
        {
            Interlocked.Exchange(ref _underWay, 0);
        }
    }

    /// <summary>Graph says that the subscription needs care: the next poll gives it.</summary>
    public void SoonAgain() => Interlocked.Exchange(ref _due, DateTimeOffset.MinValue.UtcTicks);

    private long In(TimeSpan time) => (clock.GetUtcNow() + time).UtcTicks;

    // Null where there is none any more.
    private async Task<string?> RenewedAsync(CancellationToken cancellation)
    {
        if (_id is not { } id)
            return null;
        try
        {
            var renewed = await GraphCalls.ReadAsync(
                () => graph.Subscriptions[id].PatchAsync(new Subscription { ExpirationDateTime = clock.GetUtcNow() + Life }, cancellationToken: cancellation),
                cancellation);
            return renewed.Id ?? throw new ServiceException("the service's answer is no subscription");
        }
        catch (GraphRefusal gone) when (gone.Status == 404)
        {
            return null;
        }
    }

    private async Task<string> MadeAsync(CancellationToken cancellation)
    {
        foreach (var old in await OldOnesAsync(cancellation))
            await DeleteAsync(old, cancellation);
        // The SDK's model is made within the call: sent a second time, one would be sent empty.
        var made = await GraphCalls.ReadAsync(
            () => graph.Subscriptions.PostAsync(
                new Subscription
                {
                    ChangeType = "created",
                    NotificationUrl = webhookUrl!.AbsoluteUri,
                    LifecycleNotificationUrl = webhookUrl.AbsoluteUri,
                    Resource = Resource,
                    ExpirationDateTime = clock.GetUtcNow() + Life,
                    ClientState = settings.ClientState!.Reveal(),
                    LatestSupportedTlsVersion = "v1_2",
                },
                cancellationToken: cancellation),
            cancellation);
        return made.Id ?? throw new ServiceException("the service's answer is no subscription");
    }

    // Left by an earlier run, perhaps with another ClientState, which Graph doesn't show.
    private async Task<IReadOnlyList<string>> OldOnesAsync(CancellationToken cancellation)
    {
        var all = await GraphCalls.ReadAsync(() => graph.Subscriptions.GetAsync(cancellationToken: cancellation), cancellation);
        return [.. (all.Value ?? [])
            .Where(one => one.NotificationUrl == webhookUrl!.AbsoluteUri && string.Equals(one.Resource?.TrimStart('/'), Resource, StringComparison.OrdinalIgnoreCase))
            .Select(one => one.Id)
            .OfType<string>()];
    }

    private async Task DeleteAsync(string id, CancellationToken cancellation)
    {
        try
        {
            await GraphCalls.ReadAsync<object>(
                async () =>
                {
                    await graph.Subscriptions[id].DeleteAsync(cancellationToken: cancellation);
                    return id;
                },
                cancellation);
        }
        catch (GraphRefusal gone) when (gone.Status == 404)
        {
            // Somebody else was first.
        }
    }
}

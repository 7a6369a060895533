using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Web.Access;
using CxOrchestrator.Web.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace CxOrchestrator.Web.Events;

/// <summary>
/// <c>POST /api/events</c>: CloudEvents 1.0, structured, batched or binary. The key is checked before the body is read. All events of a request are
/// stored or none: one that is faulty refuses all, with every fault of every event in the reply. 200 comes after the commit; an event that was stored
/// before is a duplicate and no fault, so that a sender may repeat a request whose reply was lost. Where more waits for the store than may: 429, and where
/// the store is out of order: 503, both with Retry-After.
/// </summary>
internal sealed class EventEndpoint(IEventIntake intake, WebSettings settings, WrongKeys wrongKeys, ComeBack comeBack, ILogger<EventEndpoint> log)
{
    private readonly Keyring<EventSource> _keys = new(settings.Sources, source => source.KeyHash);
    private readonly IntakeRoom _room = new(settings);

    /// <summary>Takes events in.</summary>
    public async Task PostAsync(HttpContext http)
    {
        var reply = await ReplyAsync(http, http.RequestAborted);
        await reply.ExecuteAsync(http);
    }

    private async Task<IResult> ReplyAsync(HttpContext http, CancellationToken cancellation)
    {
        if (Authenticate(http, out var refusal) is not { } source)
            return refusal;
        var mode = MediaTypes.ModeOf(http.Request);
        if (mode == EventMode.None)
            return WrongMediaType();
        using var part = _room.Begin();
        var body = await EventBody.ReadAsync(http.Request, settings.MaxEventBytes, part, cancellation);
        if (body.IsTooLarge)
            return TooLarge();
        if (body.Bytes is null || !part.TryEnter())
            return Full(http);
        try
        {
            return await TakeAsync(source, mode, http.Request.Headers, body.Bytes, cancellation);
        }
        catch (JsonException exception)
        {
            return NotJson(exception);
        }
        catch (InvalidDataException exception)
        {
            return Problem(StatusCodes.Status400BadRequest, "The body can't be read", exception.Message);
        }
        catch (StoreFaultException fault) when (fault.MayPass)
        {
            return StoreAway(http, fault);
        }
    }

    private async Task<IResult> TakeAsync(EventSource source, EventMode mode, IHeaderDictionary headers, byte[] body, CancellationToken cancellation)
    {
        if (!Utf8.IsValid(body))
            throw new InvalidDataException("The body is not valid UTF-8. Send JSON in UTF-8.");
        if (mode == EventMode.Binary)
            return await StoreAsync(source, [CloudEventHeaders.Read(headers, body)], cancellation);
        var root = CloudEventJson.Parse(body);
        if (mode == EventMode.Batch && root.ValueKind != JsonValueKind.Array)
            throw new InvalidDataException("The body is not a JSON array. Send a batch as an array of events, or one event as application/cloudevents+json.");
        var plain = PlainEvent.IsPlain(body) ? PlainOf(mode, root, source.Name) : null;
        if (plain is not null && await intake.AcceptAsync(plain, allOrNone: true, cancellation) is var results && results.All(IsTaken))
            return new StoredReply([.. plain.Select(one => one.SourceId)], results);
        // Something is wrong with them, or unusual: once more with all notes. Nothing is stored yet, for it is all or none.
        return await StoreAsync(source, mode == EventMode.Structured ? [CloudEventJson.Read(root)] : [.. root.EnumerateArray().Select(CloudEventJson.Read)], cancellation);
    }

    // Null where one of them is not plain.
    private static IncomingEvent[]? PlainOf(EventMode mode, JsonElement root, string source)
    {
        if (mode == EventMode.Structured)
            return PlainEvent.Read(root, source) is { } one ? [one] : null;
        var events = new IncomingEvent[root.GetArrayLength()];
        var at = 0;
        foreach (var element in root.EnumerateArray())
        {
            if (PlainEvent.Read(element, source) is not { } read)
                return null;
            events[at++] = read;
        }

        return events;
    }

    private static bool IsTaken(IntakeResult result) => result.Outcome != IntakeOutcome.Refused;

    private EventSource? Authenticate(HttpContext http, out IResult refusal)
    {
        refusal = Results.Empty;
        var address = http.Connection.RemoteIpAddress;
        if (wrongKeys.WaitFor(address) is { } wait)
        {
            ComeBack.After(http.Response, wait);
            refusal = Problem(
                StatusCodes.Status429TooManyRequests, "Too many wrong keys",
                "Your address has shown too many wrong keys, and none is checked for now. Wait as long as Retry-After says, and send the right one.");
            return null;
        }

        if (PresentedKey.Of(http.Request) is { } key && _keys.OwnerOf(key) is { } source)
            return source;
        wrongKeys.Count(address);
        log.LogWarning("A request to post events from {Address} had no key or a wrong one", address);
        http.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        refusal = Problem(
            StatusCodes.Status401Unauthorized, "Unauthorized",
            "The request has no key, or one that no source has. Nothing is stored. Send a source's key as Authorization: Bearer KEY; sources and their "
            + "keys are named in the setting Events:Sources.");
        return null;
    }

    private async Task<IResult> StoreAsync(EventSource source, List<CloudEventDraft> drafts, CancellationToken cancellation)
    {
        var incoming = drafts.ConvertAll(draft => CloudEventCheck.Check(draft, source.Name));
        var results = incoming.Count == 0 ? [] : await intake.AcceptAsync(incoming, allOrNone: true, cancellation);
        var errors = new List<EventError>();
        for (var index = 0; index < drafts.Count; index++)
        {
            var draft = drafts[index];
            errors.AddRange(draft.Faults.Select(fault => new EventError(index, draft["id"], fault.Field, fault.What, fault.WhatToDo)));
            if (draft.Faults.Count == 0 && results[index] is { Outcome: IntakeOutcome.Refused, Reason: not IntakeResult.OthersRefused })
                errors.Add(new EventError(index, draft["id"], "", results[index].Reason, ""));
        }

        if (errors.Count > 0 || results.Any(result => result.Outcome == IntakeOutcome.Refused))
            return Refused(errors, drafts.Count);
        return new StoredReply([.. drafts.Select(draft => draft["id"] ?? "")], results);
    }

    private static IResult Refused(List<EventError> errors, int events) => new EventProblem
    {
        Type = "urn:cxo:problem:events-refused",
        Title = "Events refused",
        Status = StatusCodes.Status400BadRequest,
        Detail = $"{errors.Select(error => error.Index).Distinct().Count()} of {events} events can't be taken, and none of this request is stored. "
            + "Put right what errors lists and send the request again.",
        Errors = errors,
    }.ToResult();

    private static IResult NotJson(JsonException exception) => new EventProblem
    {
        Type = "urn:cxo:problem:not-json",
        Title = "The body is not JSON",
        Status = StatusCodes.Status400BadRequest,
        Detail = string.Create(
            CultureInfo.InvariantCulture,
            $"Line {(exception.LineNumber ?? 0) + 1}, byte {(exception.BytePositionInLine ?? 0) + 1}: {Plain(exception.Message)} Nothing is stored. Send well-formed JSON."),
    }.ToResult();

    // The reader's message ends with the place once more, counted from 0.
    private static string Plain(string message)
    {
        var place = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return place < 0 ? message : message[..place];
    }

    private static IResult WrongMediaType() => Problem(
        StatusCodes.Status415UnsupportedMediaType, "Not a CloudEvent",
        "Send application/cloudevents+json for one event, application/cloudevents-batch+json for several, or JSON data with the attributes in "
        + "ce- headers; in UTF-8 and without Content-Encoding.");

    private IResult TooLarge() => Problem(
        StatusCodes.Status413PayloadTooLarge, "The request is too large",
        $"At most {settings.MaxEventBytes} bytes are taken (Events:MaxBytes). Nothing is stored. Send fewer events in one request.");

    private IResult Full(HttpContext http)
    {
        comeBack.Full();
        ComeBack.After(http.Response, IntakeRoom.RoomAgainAfter);
        return new EventProblem
        {
            Type = "urn:cxo:problem:intake-full",
            Title = "Too many requests at once",
            Status = StatusCodes.Status429TooManyRequests,
            Detail = "More events are on their way into the store than may wait (Events:MaxWaiting, Events:MaxWaitingBytes). Nothing of this request is "
                + "stored. Send it again after as long as Retry-After says; batches take less room than single events.",
        }.ToResult();
    }

    private IResult StoreAway(HttpContext http, StoreFaultException fault)
    {
        comeBack.StoreAway(fault);
        ComeBack.After(http.Response, IntakeRoom.StoreAgainAfter);
        return new EventProblem
        {
            Type = "urn:cxo:problem:store-away",
            Title = "Events can't be stored now",
            Status = StatusCodes.Status503ServiceUnavailable,
            Detail = "The store is out of order, and nothing of this request is acknowledged. Send it again, as it is, after as long as Retry-After says: what "
                + "is stored all the same counts once.",
        }.ToResult();
    }

    private static IResult Problem(int status, string title, string detail) =>
        new EventProblem { Title = title, Status = status, Detail = detail }.ToResult();
}

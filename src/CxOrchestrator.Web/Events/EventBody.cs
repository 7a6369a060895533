using Microsoft.AspNetCore.Http.Features;

namespace CxOrchestrator.Web.Events;

/// <summary>The body of a request, or why there is none.</summary>
/// <param name="Bytes">The body; null where it is too large or there is no room for it.</param>
/// <param name="IsTooLarge">Whether it has more bytes than may be.</param>
internal readonly record struct EventBody(byte[]? Bytes, bool IsTooLarge)
{
    // A body that is announced as no larger is read in one go; of a larger one nobody takes room before it has come.
    private const int Small = 64 * 1024;

    private static readonly EventBody TooLarge = new(null, IsTooLarge: true);
    private static readonly EventBody NoRoom = new(null, IsTooLarge: false);

    /// <summary>Reads a body up to a limit, as far as there is room for it.</summary>
    public static async ValueTask<EventBody> ReadAsync(HttpRequest request, int limit, IntakeRoom.Part part, CancellationToken cancellation)
    {
        if (request.ContentLength > limit)
            return TooLarge;
        // The server's own limit may be lower than what the settings promise.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = limit + 1L;
        return request.ContentLength is { } length and <= Small
            ? await AtOnceAsync(request.Body, new byte[length], part, cancellation)
            : await ByAndByAsync(request.Body, limit, part, cancellation);
    }

    private static async ValueTask<EventBody> AtOnceAsync(Stream body, byte[] whole, IntakeRoom.Part part, CancellationToken cancellation)
    {
        if (!part.TryGrow(whole.Length))
            return NoRoom;
        var read = await body.ReadAtLeastAsync(whole, whole.Length, throwOnEndOfStream: false, cancellation);
        return new EventBody(read == whole.Length ? whole : whole[..read], IsTooLarge: false);
    }

    private static async ValueTask<EventBody> ByAndByAsync(Stream body, int limit, IntakeRoom.Part part, CancellationToken cancellation)
    {
        using var kept = new MemoryStream();
        var piece = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(piece, cancellation)) > 0)
        {
            if (kept.Length + read > limit)
                return TooLarge;
            if (!part.TryGrow(read))
                return NoRoom;
            kept.Write(piece, 0, read);
        }

        return new EventBody(kept.ToArray(), IsTooLarge: false);
    }
}

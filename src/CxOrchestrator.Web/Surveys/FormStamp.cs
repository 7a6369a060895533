using System.Buffers.Binary;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Links;

namespace CxOrchestrator.Web.Surveys;

/// <summary>
/// Tells people from link scanners. Every form carries a signed stamp of its invitation and of when it was first shown, in machine time. An answer
/// is taken at once where the stamp is ours and <see cref="Pause"/> has passed since; else the same form comes back, all kept, and asks for one more
/// press. So a scanner that posts without having read the page, or posts the form the moment it has it (and again, and again), answers nothing,
/// and a person, who needs longer than that to read a question, is not bothered.
/// </summary>
internal sealed class FormStamp(LinkSigner signer, Clocks clocks, TimeSpan pause)
{
    private const char Kind = 'f';

    /// <summary>How long after its first showing a form is answered by a person at the earliest.</summary>
    public TimeSpan Pause => pause;

    /// <summary>A stamp for a form that is shown for the first time now.</summary>
    public string New(Guid invitationId)
    {
        Span<byte> body = stackalloc byte[24];
        invitationId.TryWriteBytes(body, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(body[16..], clocks.MachineNow.ToUnixTimeMilliseconds());
        return signer.Sign(Kind, body);
    }

    /// <summary>Whether a stamp is ours and of this invitation, whatever its age.</summary>
    public bool IsOurs(string stamp, Guid invitationId) => ShownAt(stamp, invitationId) is not null;

    /// <summary>Whether an answer with this stamp is taken without asking again.</summary>
    public bool IsGood(string stamp, Guid invitationId) =>
        ShownAt(stamp, invitationId) is { } shownAt && clocks.MachineNow.ToUnixTimeMilliseconds() - shownAt >= pause.TotalMilliseconds;

    private long? ShownAt(string stamp, Guid invitationId) =>
        signer.Open(Kind, stamp) is { Length: 24 } body && new Guid(body.AsSpan(0, 16), bigEndian: true) == invitationId
            ? BinaryPrimitives.ReadInt64BigEndian(body.AsSpan(16))
            : null;
}

using System.Net;
using CxOrchestrator.Core;
using CxOrchestrator.Web.Access;

namespace CxOrchestrator.Web.Hooks;

/// <summary>Counts calls of services that could not be verified, as <see cref="WrongKeys"/> counts keys, and apart from it.</summary>
internal sealed class BadSignatures(Clocks clocks)
{
    private readonly WrongKeys _seen = new(clocks.Machine);

    /// <summary>How long an address is told to wait with what can't be verified; null where it may go on.</summary>
    public TimeSpan? WaitFor(IPAddress? address) => _seen.WaitFor(address);

    /// <summary>Counts one.</summary>
    public void Count(IPAddress? address) => _seen.Count(address);
}

namespace CxOrchestrator.Connectors.Tests.Kit.Suites;

/// <summary>A mistake that connectors make, and that a suite must find.</summary>
[Flags]
public enum Lapse
{
    None = 0,

    /// <summary>Whatever doesn't fail in the connection has worked.</summary>
    TakesAnythingForYes = 1,

    /// <summary>Whatever fails has not arrived.</summary>
    TakesSilenceForNo = 2,

    /// <summary>A failure ends things for good.</summary>
    TakesOutagesForRefusals = 4,

    /// <summary>The key is not sent along.</summary>
    ForgetsTheKey = 8,

    /// <summary>A read that fails gives nothing.</summary>
    TakesOutagesForNothing = 16,

    /// <summary>The key of the interface shows in results.</summary>
    TellsTheSecret = 32,

    /// <summary>The service's wait is dropped.</summary>
    ForgetsTheWait = 64,

    /// <summary>A call can't be given up.</summary>
    CannotBeCancelled = 128,

    /// <summary>A lookup asks by sending.</summary>
    LooksBySending = 256,

    /// <summary>A webhook's signature is not looked at.</summary>
    TrustsEverybody = 512,

    /// <summary>A webhook's events get new ids each time.</summary>
    NumbersEventsAnew = 1024,

    /// <summary>A webhook is parsed before it is verified.</summary>
    ParsesFirst = 2048,

    /// <summary>What is made again is made again.</summary>
    MakesItTwice = 4096,
}

namespace CxOrchestrator.Engine.Tests.Model;

/// <summary>What happens, one after the other.</summary>
public abstract record ModelAct
{
    /// <summary>Time passes, and everything that is due happens at its end.</summary>
    public sealed record Pass(int Minutes) : ModelAct;

    /// <summary>Something happens to a customer.</summary>
    public sealed record Tell(int Customer, string Type, int Total, int Order) : ModelAct;

    /// <summary>The process ends while it sends, and another takes its place.</summary>
    public sealed record Crash(int Claimed, int HandedOver) : ModelAct;

    /// <summary>How the mail server behaves from now on.</summary>
    public sealed record Mood(ModelMood Is) : ModelAct;
}

/// <summary>A mail server's moods.</summary>
public enum ModelMood
{
    Takes,
    PutsOff,
    Refuses,
    TakesAndIsLost,
    IsAway,
}

/// <summary>A journey and what happens to it.</summary>
public sealed record ModelCase(ModelJourney Journey, IReadOnlyList<ModelAct> Acts)
{
    public override string ToString() => $"{ModelText.Of(Journey)}\n{string.Join('\n', Acts)}";
}

namespace CxOrchestrator.Templating.Values;

/// <summary>What <c>for</c>, <c>while</c> or <c>tablerow</c> is inside its loop.</summary>
internal sealed class LoopState
{
    /// <summary>From 0.</summary>
    public int Index { get; set; }

    /// <summary>Number of items; -1 in a while loop, which doesn't know.</summary>
    public int Length { get; set; } = -1;

    /// <summary>True where the item differs from the one before.</summary>
    public bool Changed { get; set; } = true;

    /// <summary>Column from 0 of a tablerow; -1 elsewhere.</summary>
    public int Column { get; set; } = -1;

    /// <summary>A member such as <c>index</c>; null where there is none of this name.</summary>
    public object? Member(string name) => name switch
    {
        "index" => Box.Int(Index),
        "first" => Box.Bool(Index == 0),
        "even" => Box.Bool(Index % 2 == 0),
        "odd" => Box.Bool(Index % 2 == 1),
        "rindex" when Length >= 0 => Box.Int(Length - Index - 1),
        "last" when Length >= 0 => Box.Bool(Index == Length - 1),
        "length" when Length >= 0 => Box.Int(Length),
        "changed" when Length >= 0 => Box.Bool(Changed),
        "col" when Column >= 0 => Box.Int(Column),
        _ => null,
    };

    /// <summary>Is there such a member in a loop of this kind?</summary>
    public static bool Knows(string loop, string member) => member switch
    {
        "index" or "first" or "even" or "odd" => true,
        "rindex" or "last" or "length" or "changed" => loop != "while",
        "col" => loop == "tablerow",
        _ => false,
    };
}

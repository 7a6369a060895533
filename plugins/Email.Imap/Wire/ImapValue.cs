using System.Text;

namespace CxOrchestrator.Plugins.EmailImap.Wire;

/// <summary>A value in a response: a text (atom, quoted string or literal), NIL, or a list of values.</summary>
internal sealed class ImapValue
{
    private ImapValue(ReadOnlyMemory<byte>? bytes, IReadOnlyList<ImapValue>? list)
    {
        Bytes = bytes;
        List = list;
    }

    /// <summary>The bytes of a text; null for a list and for NIL.</summary>
    public ReadOnlyMemory<byte>? Bytes { get; }

    /// <summary>The values of a list; null for anything else.</summary>
    public IReadOnlyList<ImapValue>? List { get; }

    /// <summary>The text; empty for a list and for NIL.</summary>
    public string Text => Bytes is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : "";

    public static ImapValue Of(ReadOnlyMemory<byte> bytes) => new(bytes, null);

    public static ImapValue Of(string atom) => atom.Equals("NIL", StringComparison.OrdinalIgnoreCase) ? new(null, null) : new(Encoding.UTF8.GetBytes(atom), null);

    public static ImapValue Of(IReadOnlyList<ImapValue> list) => new(null, list);

    /// <summary>What follows a name in a list of names and values, as in FETCH; null where it isn't there.</summary>
    public ImapValue? After(Func<string, bool> name)
    {
        for (var i = 0; List is not null && i + 1 < List.Count; i += 2)
        {
            if (name(List[i].Text))
            {
                return List[i + 1];
            }
        }

        return null;
    }
}

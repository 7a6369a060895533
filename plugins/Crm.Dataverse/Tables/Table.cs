using CxOrchestrator.Plugins.CrmDataverse.Wire;

namespace CxOrchestrator.Plugins.CrmDataverse.Tables;

/// <summary>A table as the organisation has it.</summary>
/// <param name="Name">Logical name, for example <c>contact</c>.</param>
/// <param name="Set">Name of its set in addresses, for example <c>contacts</c>.</param>
/// <param name="Key">Its primary key's column.</param>
/// <param name="Id">The id of its definition.</param>
/// <param name="Tracked">True where change tracking is on.</param>
/// <param name="Columns">Its columns' types (<c>String</c>, <c>Memo</c>, <c>Integer</c>, ...) by their logical names.</param>
internal sealed record Table(string Name, string Set, string Key, Guid Id, bool Tracked, IReadOnlyDictionary<string, string> Columns)
{
    /// <summary>Where a row is: its set and its id.</summary>
    public string Row(Guid id) => $"{Set}({ODataText.Id(id)})";

    /// <summary>How a lookup names a row.</summary>
    public string Bind(Guid id) => "/" + Row(id);
}

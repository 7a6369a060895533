using System.Data.Common;

namespace CxOrchestrator.Core.Nodes;

/// <summary>The database in which the nodes keep whose turn it is to look at which schedule. Not registered where one process has the store to itself.</summary>
public interface ISharedSchedules
{
    /// <summary>Its connections; a few, for schedules alone.</summary>
    DbDataSource Source { get; }
}

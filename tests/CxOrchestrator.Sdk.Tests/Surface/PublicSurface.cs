using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace CxOrchestrator.Sdk.Tests.Surface;

/// <summary>All that a connector's author can see of an assembly, as lines that a person can review.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>Type by type, member by member, in order of their names.</summary>
    public static IEnumerable<string> Of(Assembly assembly)
    {
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            yield return Head(type);
            foreach (var line in Members(type).Order(StringComparer.Ordinal))
            {
                yield return "    " + line;
            }
        }
    }

    private static string Head(Type type)
    {
        var kind = type.IsEnum ? "enum"
            : type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : (type.IsAbstract, type.IsSealed) switch
            {
                (true, true) => "static class",
                (true, false) => "abstract class",
                (false, true) => "sealed class",
                _ => "class",
            };
        List<string> above = type.BaseType is { } parent && parent != typeof(object) && !type.IsValueType ? [Name(parent)] : [];
        above.AddRange(type.IsEnum ? [] : type.GetInterfaces().Select(Name).Order(StringComparer.Ordinal));
        return $"{kind} {Name(type)}{(above.Count > 0 ? " : " + string.Join(", ", above) : "")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}");
        }

        var members = type.GetMembers(Declared).Where(member => member.GetCustomAttribute<CompilerGeneratedAttribute>() is null || member is ConstructorInfo);
        return members.Select(Line).OfType<string>();
    }

    private static string? Line(MemberInfo member) => member switch
    {
        FieldInfo field when field.IsPublic =>
            $"{(field.IsLiteral ? $"const {Name(field.FieldType)} {field.Name} = {field.GetRawConstantValue()}" : $"{Name(field.FieldType)} {field.Name}")}",
        PropertyInfo property when property.GetAccessors().Length > 0 => Property(property),
        ConstructorInfo { IsPublic: true } constructor => $"new({Parameters(constructor)})",
        MethodInfo { IsSpecialName: false } method when method.IsPublic || method.IsFamily || IsDefaultOfInterface(method) => Method(method),
        _ => null,
    };

    private static string Property(PropertyInfo property)
    {
        var setter = property.SetMethod is not { IsPublic: true } set ? ""
            : set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;";
        var required = property.GetCustomAttribute<RequiredMemberAttribute>() is null ? "" : "required ";
        var type = Annotated(property.PropertyType, Nullability.Create(property));
        var isDefault = property.DeclaringType!.IsInterface && property.GetMethod is { IsAbstract: false };
        return $"{required}{type} {property.Name} {{ get;{setter} }}{(isDefault ? " (default)" : "")}";
    }

    private static string Method(MethodInfo method)
    {
        var isDefault = method.DeclaringType!.IsInterface && !method.IsAbstract && !method.IsStatic;
        return $"{(method.IsStatic ? "static " : "")}{Annotated(method.ReturnType, Nullability.Create(method.ReturnParameter))} "
            + $"{method.Name}({Parameters(method)}){(isDefault ? " (default)" : "")}";
    }

    // Default members of interfaces that stand in for another interface's are private to the compiler, but not to the contract.
    private static bool IsDefaultOfInterface(MethodInfo method) =>
        method.DeclaringType!.IsInterface && method is { IsPrivate: true, IsStatic: false } && method.Name.Contains('.', StringComparison.Ordinal);

    private static string Parameters(MethodBase method) => string.Join(
        ", ",
        method.GetParameters().Select(parameter =>
            $"{Annotated(parameter.ParameterType, Nullability.Create(parameter))} {parameter.Name}"
            + (parameter.HasDefaultValue ? " = " + (Convert.ToString(parameter.DefaultValue, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "null") : "")));

    private static string Annotated(Type type, NullabilityInfo info)
    {
        var mark = !type.IsValueType && info.ReadState == NullabilityState.Nullable ? "?" : "";
        if (!type.IsGenericType || Nullable.GetUnderlyingType(type) is not null)
        {
            return Name(type) + mark;
        }

        var inner = type.GetGenericArguments().Zip(info.GenericTypeArguments, Annotated);
        return $"{type.Name.Split('`')[0]}<{string.Join(", ", inner)}>{mark}";
    }

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Name(value) + "?";
        }

        return type.IsGenericType
            ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.Name;
    }
}

namespace OrderConsole.Demo;

internal sealed record DemoProduct(string Sku, decimal Price, long Stock);

/// <summary>What the demo shop sells, and to whom.</summary>
internal static class DemoCatalogue
{
    public const string Currency = "CNY";

    public static IReadOnlyList<DemoProduct> Products { get; } =
    [
        new("green-tea-longjing-250g", 168.00m, 4_000),
        new("porcelain-teapot-600ml", 239.00m, 1_500),
        new("bamboo-steamer-24cm", 79.90m, 2_500),
        new("silk-scarf-indigo", 329.00m, 900),
        new("walnut-chopsticks-6-pairs", 59.50m, 6_000),
        new("desk-lamp-warm-white", 199.00m, 1_200),
        new("linen-notebook-a5", 36.00m, 8_000),
    ];

    public static IReadOnlyList<string> Customers { get; } =
    [
        "Li Na", "Wang Fang", "Zhang Wei", "Liu Yang", "Chen Jie", "Yang Min", "Zhao Lei", "Huang Xin", "Zhou Ting", "Wu Hao",
        "Anna Keller", "Marco Rossi", "Sofia Lind", "James Carter", "Emma Novak", "Lucas Martin",
    ];
}

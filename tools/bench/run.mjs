// @ts-check
console.log('x');
